using Petrel.Api.Core;
using Petrel.Node.Probes;

namespace Petrel.Node.Pods;

/// <summary>What the probes of one pod have found.</summary>
internal sealed class PodHealth(string podUid, ProbeManager probes) : IContainerHealth
{
    public (string Message, Probe? Probe)? ReasonToRestart(Container container, string containerId)
    {
        if (HasFailed(container, containerId, ProbeKind.Startup))
        {
            return ($"Container {container.Name} failed startup probe, will be restarted", container.StartupProbe);
        }

        return HasFailed(container, containerId, ProbeKind.Liveness)
            ? ($"Container {container.Name} failed liveness probe, will be restarted", container.LivenessProbe)
            : null;
    }

    public bool HasStarted(Container container, string containerId) =>
        container.StartupProbe is null || probes.OutcomeOf(podUid, container.Name, containerId, ProbeKind.Startup) == ProbeOutcome.Success;

    public bool IsReady(Container container, string containerId) =>
        container.ReadinessProbe is null || probes.OutcomeOf(podUid, container.Name, containerId, ProbeKind.Readiness) == ProbeOutcome.Success;

    private bool HasFailed(Container container, string containerId, ProbeKind kind) =>
        probes.OutcomeOf(podUid, container.Name, containerId, kind) == ProbeOutcome.Failure;
}
