using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>A sandbox that runs, and what it was made with.</summary>
internal sealed record PodPlace(string SandboxId, Cri.PodSandboxConfig Configuration);
