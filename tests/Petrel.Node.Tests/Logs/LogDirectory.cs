using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Petrel.Linux.Inotify;
using Petrel.Node.Logs;
using Xunit;

namespace Petrel.Node.Tests.Logs;

/// <summary>A container's log directory, written as a runtime writes it, and a reader of it.</summary>
internal sealed class LogDirectory : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-logs").FullName;
    private readonly DirectoryWatcher _watcher = new();
    private int _second;

    public LogDirectory()
    {
        File.WriteAllText(File0, "");
        Reader = new ContainerLogReader(_watcher);
    }

    public string File0 => Path.Combine(_directory, "0.log");

    public ContainerLogReader Reader { get; }

    /// <summary>Lines of stdout, one second apart from 2024-01-01T00:00:00Z.</summary>
    public void Write(params string[] lines)
    {
        foreach (var line in lines)
        {
            Append($"{Time(_second++)} stdout F {line}\n");
        }
    }

    public void Append(string text) => File.AppendAllText(File0, text);

    /// <summary>What log rotation does: rename, then the runtime opens the path anew.</summary>
    public void Rotate()
    {
        File.Move(File0, $"{File0}.{_second:D8}");
        File.WriteAllText(File0, "");
    }

    public async Task<string> ReadAsync(LogOptions options)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        Assert.Null(await Reader.CopyAsync(File0, options, pipe.Writer, Task.CompletedTask, CancellationToken.None).WaitAsync(Patience));
        await pipe.Writer.CompleteAsync();
        using var text = new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8);
        return await text.ReadToEndAsync();
    }

    public void Dispose()
    {
        _watcher.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Time(int second) =>
        DateTimeOffset.FromUnixTimeSeconds(1704067200 + second).ToString("yyyy-MM-ddTHH:mm:ss.5Z", CultureInfo.InvariantCulture);
}
