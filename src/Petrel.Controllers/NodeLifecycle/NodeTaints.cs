using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Controllers.NodeLifecycle;

/// <summary>The taints that follow from a node's conditions (node.kubernetes.io/…).</summary>
internal static class NodeTaints
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Prefix = "node.kubernetes.io/";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", Prefix + "memory-pressure"),
        ("DiskPressure", "True", Prefix + "disk-pressure"),
        ("NetworkUnavailable", "True", Prefix + "network-unavailable"),
        ("PIDPressure", "True", Prefix + "pid-pressure"),
    ];

    private static readonly HashSet<string> OwnKeys = new(ByCondition.Select(static rule => rule.Key).Append(Prefix + "unschedulable"), StringComparer.Ordinal);

    /// <summary>The node's taints with ours brought up to date; those of others stay as they are.</summary>
    /// <param name="evicts">A node that is not ready also drives its pods away, not only new ones.</param>
    public static ApiList<Taint> Update(Node node, bool evicts, DateTimeOffset now)
    {
        var wanted = Wanted(node).Where(taint => evicts || taint.Effect != "NoExecute").ToList();
        var kept = node.Spec.Taints.Where(taint => !IsOwn(taint) || wanted.Exists(want => Same(want, taint)));
        var added = wanted.Where(want => !node.Spec.Taints.Any(taint => Same(want, taint)));

        // The time counts for pods that tolerate the taint for a while.
        return [.. kept, .. added.Select(taint => taint.Effect == "NoExecute" ? taint with { TimeAdded = now } : taint)];
    }

    /// <summary>The node drives its pods away already.</summary>
    public static bool Evicts(Node node) => node.Spec.Taints.Any(static taint => IsOwn(taint) && taint.Effect == "NoExecute");

    private static IEnumerable<Taint> Wanted(Node node)
    {
        foreach (var (condition, status, key) in ByCondition)
        {
            if (node.Condition(condition)?.Status == status)
            {
                yield return new Taint { Key = key, Effect = "NoSchedule" };
                if (key is NotReady or Unreachable)
                {
                    yield return new Taint { Key = key, Effect = "NoExecute" };
                }
            }
        }

        if (node.Spec.Unschedulable)
        {
            yield return new Taint { Key = Prefix + "unschedulable", Effect = "NoSchedule" };
        }
    }

    private static bool IsOwn(Taint taint) => OwnKeys.Contains(taint.Key) && (taint.Effect == "NoSchedule" || (taint.Effect == "NoExecute" && taint.Key is NotReady or Unreachable));

    private static bool Same(Taint left, Taint right) => left.Key == right.Key && left.Effect == right.Effect;

    public static NodeCondition? Condition(this Node node, string type)
    {
        foreach (var condition in node.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }
}
