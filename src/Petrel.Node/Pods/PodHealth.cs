using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>What the probes of one pod have found.</summary>
internal sealed class PodHealth : IContainerHealth
{
    public (string Message, Probe? Probe)? ReasonToRestart(Container container, string containerId) => null;

    public bool HasStarted(Container container, string containerId) => true;

    public bool? IsReady(Container container, string containerId) => true;
}
