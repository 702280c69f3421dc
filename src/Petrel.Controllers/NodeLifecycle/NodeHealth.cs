using Petrel.Api;
using Petrel.Api.Coordination;
using Petrel.Api.Core;

namespace Petrel.Controllers.NodeLifecycle;

/// <summary>
/// When nodes were last heard of, by their lease or their status, on this controller's clock: the clocks of nodes are not
/// trusted. One entry per node.
/// </summary>
internal sealed class NodeHealth(TimeProvider time)
{
    private static readonly string[] ReportedConditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset? Renewed, DateTimeOffset? Heartbeat, long HeardAt)> _heard = new(StringComparer.Ordinal);

    /// <summary>For how long nothing was heard of the node.</summary>
    public TimeSpan Silence(Node node, Lease? lease)
    {
        var renewed = lease?.Spec.RenewTime;
        var heartbeat = node.Condition("Ready")?.LastHeartbeatTime;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_heard.TryGetValue(node.Metadata.Name, out var last) || last.Renewed != renewed || last.Heartbeat != heartbeat)
            {
                last = (renewed, heartbeat, now);
                _heard[node.Metadata.Name] = last;
            }

            return time.GetElapsedTime(last.HeardAt, now);
        }
    }

    public void Forget(string node)
    {
        lock (_lock)
        {
            _heard.Remove(node);
        }
    }

    /// <summary>The node's conditions when it is silent: what it said last is no longer known to be true.</summary>
    public static ApiList<NodeCondition> Unknown(Node node, DateTimeOffset now)
    {
        var conditions = node.Status.Conditions;
        foreach (var type in ReportedConditions)
        {
            var present = node.Condition(type);
            if (present is null)
            {
                conditions = conditions.Add(new NodeCondition
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (present.Status != "Unknown")
            {
                var silent = present with { Status = "Unknown", Reason = "NodeStatusUnknown", Message = "Kubelet stopped posting node status.", LastTransitionTime = now };
                conditions = conditions.Select(condition => condition.Type == type ? silent : condition).ToApiList();
            }
        }

        return conditions;
    }
}
