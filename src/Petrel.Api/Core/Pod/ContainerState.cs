using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial record ContainerState
{
    [Field(1)]
    public ContainerStateWaiting? Waiting { get; init; }

    [Field(2)]
    public ContainerStateRunning? Running { get; init; }

    [Field(3)]
    public ContainerStateTerminated? Terminated { get; init; }
}
