using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Controllers.TaintEviction;

/// <summary>How long a pod may stay on a node with NoExecute taints.</summary>
internal static class Tolerance
{
    /// <summary>When the pod has to go; null when it may stay for ever.</summary>
    /// <param name="now">Stands for taints that carry no time.</param>
    public static DateTimeOffset? EvictAt(Pod pod, ApiList<Taint> taints, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in taints)
        {
            if (taint.Effect == "NoExecute" && EvictAt(pod, taint, now) is { } due && (earliest is null || due < earliest))
            {
                earliest = due;
            }
        }

        return earliest;
    }

    private static DateTimeOffset? EvictAt(Pod pod, Taint taint, DateTimeOffset now)
    {
        var since = taint.TimeAdded ?? now;
        var tolerations = pod.Spec.Tolerations.Where(toleration => Tolerates(toleration, taint)).ToList();
        if (tolerations.Count == 0)
        {
            return since;
        }

        // Of several tolerations for the taint the shortest counts; one without an end is no limit.
        var seconds = tolerations.Where(static toleration => toleration.TolerationSeconds is not null).Select(static toleration => toleration.TolerationSeconds).Min();
        return seconds is null ? null : since.AddSeconds(Math.Clamp(seconds.Value, 0, int.MaxValue));
    }

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Operator is "" or "Equal" && toleration.Value == taint.Value && toleration.Key.Length > 0));
}
