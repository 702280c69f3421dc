using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A pod as a row: how many containers are ready, and in one word what holds it up.</summary>
internal static class PodTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Ready", Description: "The aggregate readiness state of this pod for accepting traffic."),
        new("Status", Description: "The aggregate status of the containers in this pod."),
        new("Restarts", Description: "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted."),
        Column.Age,
        new("IP", Priority: 1, Description: "podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated."),
        new("Node", Priority: 1, Description:
            "NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. "
            + "Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire "
            + "for the pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename"),
        new("Nominated Node", Priority: 1, Description:
            "nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive their "
            + "graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the pod "
            + "elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that is "
            + "created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled."),
        new("Readiness Gates", Priority: 1, Description:
            "If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions specified "
            + "in the readiness gates have status equal to \"True\" More info: https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates"),
    ];

    public static IReadOnlyList<object?> Cells(Pod pod, DateTimeOffset now)
    {
        var summary = new PodSummary(pod);
        var (spec, status) = (pod.Spec, pod.Status);
        return
        [
            pod.Metadata.Name,
            $"{summary.ReadyContainers}/{summary.TotalContainers}",
            summary.Reason,
            Restarts(summary, now),
            TableText.Age(pod.Metadata.CreationTimestamp, now),
            TableText.OrNone(status.PodIPs.IsEmpty ? status.PodIP : status.PodIPs[0].Ip),
            TableText.OrNone(spec.NodeName),
            TableText.OrNone(status.NominatedNodeName),
            ReadinessGates(pod),
        ];
    }

    private static string Restarts(PodSummary summary, DateTimeOffset now) => summary.Restarts != 0 && summary.LastRestart is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{summary.Restarts} ({TableText.Age(last, now)} ago)")
        : summary.Restarts.ToString(CultureInfo.InvariantCulture);

    private static string ReadinessGates(Pod pod)
    {
        var gates = pod.Spec.ReadinessGates;
        var open = gates.Count(gate => pod.Status.Conditions.Any(condition => condition.Type == gate.ConditionType && condition.Status == "True"));
        return gates.IsEmpty ? TableText.None : $"{open}/{gates.Count}";
    }
}
