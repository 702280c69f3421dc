using Petrel.Api.Core;

namespace Petrel.Node.Probes;

/// <summary>The running container that a probe asks.</summary>
/// <param name="ContainerId">As the runtime knows it.</param>
/// <param name="PodAddress">The pod's first address; empty when it has none yet.</param>
internal sealed record ProbeTarget(Pod Pod, Container Container, Probe Probe, string ContainerId, string PodAddress)
{
    public TimeSpan Timeout => TimeSpan.FromSeconds(Math.Max(1, Probe.TimeoutSeconds));
}
