using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial record ContainerState
{
    /// <summary>It does not run yet, or not again.</summary>
    [Field(1)]
    public ContainerStateWaiting? Waiting { get; init; }

    /// <summary>It runs.</summary>
    [Field(2)]
    public ContainerStateRunning? Running { get; init; }

    /// <summary>It has ended.</summary>
    [Field(3)]
    public ContainerStateTerminated? Terminated { get; init; }
}
