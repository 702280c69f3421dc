using Petrel.Api.Core;

namespace Petrel.Controllers.Pods;

/// <summary>What controllers ask about a pod's status.</summary>
internal static class PodState
{
    public static bool IsTerminal(this Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>Counts as a replica: neither finished nor being deleted.</summary>
    public static bool IsActive(this Pod pod) => !pod.IsTerminal() && pod.Metadata.DeletionTimestamp is null;

    public static bool IsReady(this Pod pod) => pod.Condition("Ready") is { Status: "True" };

    /// <summary>When the pod became ready; null when it is not.</summary>
    public static DateTimeOffset? ReadySince(this Pod pod) => pod.Condition("Ready") is { Status: "True" } ready ? ready.LastTransitionTime : null;

    /// <summary>Ready without interruption for <paramref name="minReadySeconds"/>.</summary>
    public static bool IsAvailable(this Pod pod, int minReadySeconds, DateTimeOffset now) => pod.AvailableIn(minReadySeconds, now) == TimeSpan.Zero;

    /// <summary>How long until the pod is available if it stays ready; zero when it is, null when it is not ready.</summary>
    public static TimeSpan? AvailableIn(this Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        if (!pod.IsReady())
        {
            return null;
        }

        if (minReadySeconds == 0)
        {
            return TimeSpan.Zero;
        }

        if (pod.ReadySince() is not { } since)
        {
            return null;
        }

        // Who writes the status may claim any time, and the last of calendars has no seconds to add to.
        var left = since - now + TimeSpan.FromSeconds(minReadySeconds);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public static PodCondition? Condition(this Pod pod, string type)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }
}
