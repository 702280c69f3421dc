using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Petrel.Node.Logs;

/// <summary>
/// Keeps container logs from filling the disk: renames a full log, has the runtime open a new one, compresses and
/// removes older ones. Runtimes do not do this themselves. Sizes are looked at in intervals: watching would cost an
/// event for every write of every container.
/// </summary>
public sealed partial class LogRotation(IContainerLogs logs, LogRotationOptions options, TimeProvider time, ILogger<LogRotation> logger)
{
    /// <summary>Runs until cancelled. A log that cannot be rotated is tried again at the next interval.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.MaxSizeBytes < 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.MonitorInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await RotateFullAsync(cancellationToken);
        }
    }

    /// <summary>Looks at the logs of all running containers once.</summary>
    public async Task RotateFullAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunningContainerLog> running;
        try
        {
            running = await logs.ListRunningAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.CannotList(logger, exception);
            return;
        }

        foreach (var log in running)
        {
            try
            {
                await RotateIfFullAsync(log, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.CannotRotate(logger, log.Path, log.ContainerId, exception);
            }
        }
    }

    private async Task RotateIfFullAsync(RunningContainerLog log, CancellationToken cancellationToken)
    {
        var file = new FileInfo(log.Path);
        if (!file.Exists)
        {
            // An earlier rotation was interrupted between the rename and the new file.
            await logs.ReopenAsync(log.ContainerId, cancellationToken);
        }
        else if (file.Length >= options.MaxSizeBytes)
        {
            // The two newest stay as they are: the one being written, and the one renamed, which readers may not have finished.
            await RotatedLogs.TidyAsync(log.Path, Math.Max(0, options.MaxFiles - 2), cancellationToken);
            await RenameAsync(log, cancellationToken);
        }
    }

    private async Task RenameAsync(RunningContainerLog log, CancellationToken cancellationToken)
    {
        var stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var renamed = $"{log.Path}.{stamp}";
        File.Move(log.Path, renamed);
        try
        {
            await logs.ReopenAsync(log.ContainerId, cancellationToken);
        }
        catch
        {
            // Without a new file the runtime still writes to the old one; under its name it is rotated another time.
            File.Move(renamed, log.Path);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot list running containers to rotate their logs")]
        public static partial void CannotList(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot rotate log {Path} of container {ContainerId}")]
        public static partial void CannotRotate(ILogger logger, string path, string containerId, Exception exception);
    }
}
