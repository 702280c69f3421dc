using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>Holds pods that have scheduling gates (KEP-3521).</summary>
internal sealed class SchedulingGates : IPreEnqueuePlugin, IRequeuePlugin
{
    public const string PluginName = "SchedulingGates";

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.PodChanged;

    public Verdict PreEnqueue(PodInfo pod) => pod.Pod.Spec.SchedulingGates.IsEmpty
        ? Verdict.Success
        : Verdict.Unresolvable(PluginName, $"waiting for scheduling gates: [{string.Join(' ', pod.Pod.Spec.SchedulingGates.Select(static gate => gate.Name))}]");

    public bool CouldHelp(PodInfo pod, ClusterEvent change) => pod.Pod.Spec.SchedulingGates.IsEmpty;
}
