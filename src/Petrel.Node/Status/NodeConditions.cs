using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Status;

/// <summary>The conditions a node reports about itself, in kubelet's words.</summary>
public static class NodeConditions
{
    /// <param name="notReady">Why the node cannot run pods; empty when it can.</param>
    public static IReadOnlyList<NodeCondition> Of(NodePressure pressure, IReadOnlyList<string> notReady) =>
    [
        Pressure("MemoryPressure", pressure.Memory, ("KubeletHasSufficientMemory", "kubelet has sufficient memory available"), ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available")),
        Pressure("DiskPressure", pressure.Disk, ("KubeletHasNoDiskPressure", "kubelet has no disk pressure"), ("KubeletHasDiskPressure", "kubelet has disk pressure")),
        Pressure("PIDPressure", pressure.Processes, ("KubeletHasSufficientPID", "kubelet has sufficient PID available"), ("KubeletHasInsufficientPID", "kubelet has insufficient PID available")),
        Ready(notReady),
    ];

    /// <summary>
    /// Conditions of others (a network's, a cloud's) stay; a condition keeps the time of its last transition while its status is
    /// the same.
    /// </summary>
    public static ApiList<NodeCondition> Merge(ApiList<NodeCondition> present, IReadOnlyList<NodeCondition> own, DateTimeOffset now)
    {
        var merged = present.ToList();
        foreach (var condition in own)
        {
            var index = merged.FindIndex(each => each.Type == condition.Type);
            var old = index < 0 ? null : merged[index];
            var updated = condition with
            {
                LastHeartbeatTime = now,
                LastTransitionTime = old?.Status == condition.Status ? old.LastTransitionTime : now,
            };
            if (index < 0)
            {
                merged.Add(updated);
            }
            else
            {
                merged[index] = updated;
            }
        }

        return merged.ToApiList();
    }

    private static NodeCondition Pressure(string type, bool present, (string Reason, string Message) no, (string Reason, string Message) yes) => new()
    {
        Type = type,
        Status = present ? "True" : "False",
        Reason = present ? yes.Reason : no.Reason,
        Message = present ? yes.Message : no.Message,
    };

    private static NodeCondition Ready(IReadOnlyList<string> problems) => problems.Count == 0
        ? new() { Type = "Ready", Status = "True", Reason = "KubeletReady", Message = "kubelet is posting ready status" }
        : new()
        {
            Type = "Ready",
            Status = "False",
            Reason = "KubeletNotReady",
            Message = problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]",
        };
}
