using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Cycle;

/// <summary>Says in the pod's condition and in an event why it has no node.</summary>
internal sealed partial class FailureReport(PodStatusWriter status, SeriesRecorder events, ILogger logger)
{
    // Longer notes are refused by the server.
    private const int NoteBytesMax = 1024;

    /// <param name="reason">Unschedulable or SchedulerError.</param>
    /// <param name="node">The nominated node; empty for none, null for as before.</param>
    public async Task WriteAsync(QueuedPod queued, string reason, string message, string? node, CancellationToken cancellationToken)
    {
        var pod = queued.Pod.Pod;
        events.Record(pod, null, "Warning", "FailedScheduling", "Scheduling", Shortened(message));
        var condition = new PodCondition { Type = "PodScheduled", Status = "False", Reason = reason, Message = message };
        try
        {
            await status.WriteAsync(pod, condition, node, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            // The pod is gone; its deletion is on the way here.
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The next attempt says it again.
            Log.NotWritten(logger, queued.Pod.Key, exception.Message);
        }
    }

    private static string Shortened(string message)
    {
        const string Suffix = " ...";
        return message.Length <= NoteBytesMax ? message : string.Concat(message.AsSpan(0, NoteBytesMax - Suffix.Length), Suffix);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot write why {Pod} has no node: {Message}")]
        public static partial void NotWritten(ILogger logger, ObjectKey pod, string message);
    }
}
