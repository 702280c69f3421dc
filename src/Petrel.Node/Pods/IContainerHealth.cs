using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>What a pod's probes say about containers that run.</summary>
internal interface IContainerHealth
{
    /// <summary>Why a container must be restarted, in kubelet's words, and the probe that says so; null while it may run.</summary>
    (string Message, Probe? Probe)? ReasonToRestart(Container container, string containerId);

    /// <summary>Its startup probe, if it has one, has succeeded.</summary>
    bool HasStarted(Container container, string containerId);

    /// <summary>Its readiness probe, if it has one, succeeds.</summary>
    bool IsReady(Container container, string containerId);
}
