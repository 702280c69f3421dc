using System.IO.Pipelines;
using Petrel.Linux.Inotify;

namespace Petrel.Node.Logs;

/// <summary>Reads the log file that the runtime writes for one container, and follows it through rotations.</summary>
public sealed class ContainerLogReader(DirectoryWatcher watcher)
{
    /// <summary>
    /// Copies what the options select. With follow, until <paramref name="containerEnded"/> has completed and the file
    /// is read to its end. Null when done, else why the log cannot be read, in the kubelet's words.
    /// </summary>
    /// <param name="path">The container's log path as the runtime states it; may be a symbolic link.</param>
    /// <param name="options">What to select.</param>
    /// <param name="output">Flushed whenever the reader waits for more.</param>
    /// <param name="containerEnded">Completes when nothing more will be written; not looked at without follow.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async Task<string?> CopyAsync(string path, LogOptions options, PipeWriter output, Task containerEnded, CancellationToken cancellationToken)
    {
        if (Resolve(path) is not { } resolved)
        {
            return $"failed to try resolving symlinks in path \"{path}\": lstat {path}: no such file or directory";
        }

        try
        {
            var lines = new LogOutput(options, output);
            if (options.Follow)
            {
                await FollowAsync(resolved, options, lines, containerEnded, cancellationToken);
            }
            else
            {
                await ReadAsync(resolved, options, lines, cancellationToken);
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            return $"failed to read log file \"{path}\": {exception.Message}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"failed to open log file \"{path}\": {exception.Message}";
        }
    }

    private static async Task ReadAsync(string path, LogOptions options, LogOutput lines, CancellationToken cancellationToken)
    {
        using var file = Open(path, options);

        // A file that grows meanwhile does not make the tail longer.
        for (var left = options.TailLines ?? long.MaxValue; left > 0 && !lines.IsDone; left--)
        {
            var line = await file.ReadLineAsync(cancellationToken) ?? file.Incomplete;
            if (line.IsEmpty)
            {
                break;
            }

            lines.Write(line.Span);
            if (lines.IsFlushDue)
            {
                await lines.FlushAsync(cancellationToken);
            }

            if (line.Span[^1] != (byte)'\n')
            {
                break;
            }
        }

        await lines.FlushAsync(cancellationToken);
    }

    private async Task FollowAsync(string path, LogOptions options, LogOutput lines, Task containerEnded, CancellationToken cancellationToken)
    {
        using var watch = watcher.Watch(Path.GetDirectoryName(path)!);
        var file = Open(path, options);
        try
        {
            while (true)
            {
                // What is asked before reading cannot be missed while reading.
                var change = watch.NextChange;
                var isLast = containerEnded.IsCompleted;
                await DrainAsync(file, lines, cancellationToken);
                if (lines.IsDone)
                {
                    return;
                }

                if (IsReplaced(file, path, isLast))
                {
                    // The runtime is done with the old file when it writes to the new one: only now is its end final.
                    await DrainAsync(file, lines, cancellationToken);
                    file.Dispose();
                    file = LogFile.Open(path);
                }
                else if (isLast)
                {
                    lines.Write(file.Incomplete.Span);
                    await lines.FlushAsync(cancellationToken);
                    return;
                }
                else
                {
                    await Task.WhenAny(change, containerEnded).WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            file.Dispose();
        }
    }

    private static async Task DrainAsync(LogFile file, LogOutput lines, CancellationToken cancellationToken)
    {
        while (!lines.IsDone && await file.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Write(line.Span);
            if (lines.IsFlushDue)
            {
                await lines.FlushAsync(cancellationToken);
            }
        }

        await lines.FlushAsync(cancellationToken);
    }

    private static bool IsReplaced(LogFile file, string path, bool isLast) =>
        file.IsRenamed && new FileInfo(path) is { Exists: true } current && (current.Length > 0 || isLast);

    private static LogFile Open(string path, LogOptions options)
    {
        var file = LogFile.Open(path);
        if (options.TailLines is { } lines)
        {
            file.SeekToTail(lines);
        }

        return file;
    }

    private static string? Resolve(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path) : null;
}
