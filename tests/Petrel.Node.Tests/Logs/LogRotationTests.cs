using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Node.Logs;
using Xunit;

namespace Petrel.Node.Tests.Logs;

public sealed class LogRotationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-rotation").FullName;
    private readonly Runtime _runtime;

    public LogRotationTests() => _runtime = new Runtime(Path.Combine(_directory, "0.log"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_small_log_stays()
    {
        _runtime.Write(99);
        await RotateAsync();
        Assert.Equal(["0.log"], Names());
    }

    [Fact]
    public async Task A_full_log_is_renamed_and_older_ones_compressed_up_to_the_limit()
    {
        var stamps = new List<string>();
        for (var round = 1; round <= 6; round++)
        {
            _runtime.Write(100 + round);
            await RotateAsync();
            stamps.Add(Names().Single(name => name.StartsWith("0.log.", StringComparison.Ordinal) && !name.EndsWith(".gz", StringComparison.Ordinal)));

            // Names carry seconds: let this rotation be long ago.
            var aged = $"0.log.20240101-00000{round}";
            File.Move(Path.Combine(_directory, stamps[^1]), Path.Combine(_directory, aged));
        }

        Assert.All(stamps, stamp => Assert.Matches(@"^0\.log\.\d{8}-\d{6}$", stamp));
        Assert.Equal(
            ["0.log", "0.log.20240101-000003.gz", "0.log.20240101-000004.gz", "0.log.20240101-000005.gz", "0.log.20240101-000006"],
            Names());
        await using var gzip = new GZipStream(File.OpenRead(Path.Combine(_directory, "0.log.20240101-000004.gz")), CompressionMode.Decompress);
        using var content = new MemoryStream();
        await gzip.CopyToAsync(content);
        Assert.Equal(104, content.Length);
    }

    [Fact]
    public async Task What_an_interrupted_rotation_left_is_removed()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "0.log.20240101-000000"), "x");
        await File.WriteAllTextAsync(Path.Combine(_directory, "0.log.20240101-000000.gz"), "x");
        await File.WriteAllTextAsync(Path.Combine(_directory, "0.log.20240101-000001.tmp"), "x");
        _runtime.Write(100);
        await RotateAsync();
        Assert.DoesNotContain("0.log.20240101-000000", Names());
        Assert.DoesNotContain("0.log.20240101-000001.tmp", Names());
        Assert.Contains("0.log.20240101-000000.gz", Names());
    }

    [Fact]
    public async Task A_runtime_that_cannot_reopen_keeps_its_file()
    {
        _runtime.Write(100);
        _runtime.Fails = true;
        await RotateAsync();
        Assert.Equal(["0.log"], Names());
        Assert.Equal(100, new FileInfo(_runtime.Path).Length);
    }

    [Fact]
    public async Task A_missing_log_is_opened_anew()
    {
        await RotateAsync();
        Assert.Equal(["0.log"], Names());
    }

    private Task RotateAsync() =>
        new LogRotation(_runtime, new LogRotationOptions { MaxSizeBytes = 100 }, TimeProvider.System, NullLogger<LogRotation>.Instance)
            .RotateFullAsync(CancellationToken.None);

    private List<string> Names() => [.. Directory.EnumerateFiles(_directory).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private sealed class Runtime(string path) : IContainerLogs
    {
        public string Path => path;

        public bool Fails { get; set; }

        public void Write(int bytes) => File.WriteAllBytes(path, new byte[bytes]);

        public Task<IReadOnlyList<RunningContainerLog>> ListRunningAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RunningContainerLog>>([new RunningContainerLog("id", path)]);

        public Task ReopenAsync(string containerId, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new InvalidOperationException("the runtime is busy");
            }

            Write(0);
            return Task.CompletedTask;
        }
    }
}
