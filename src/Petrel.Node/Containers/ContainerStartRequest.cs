using Petrel.Api.Core;
using Petrel.Node.Pods;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Containers;

/// <summary>What a container is started with.</summary>
/// <param name="Pod">With the addresses it has by now in its status.</param>
/// <param name="Attempt">How many instances there were before.</param>
/// <param name="Unstarted">An instance that was made and never started, in whose place this one comes.</param>
/// <param name="TargetId">The instance whose processes an ephemeral container sees.</param>
internal sealed record ContainerStartRequest(
    Pod Pod,
    PodContainer Container,
    uint Attempt,
    string? Unstarted,
    string? TargetId,
    string SandboxId,
    Cri.PodSandboxConfig Sandbox,
    IReadOnlyDictionary<string, string> Volumes);
