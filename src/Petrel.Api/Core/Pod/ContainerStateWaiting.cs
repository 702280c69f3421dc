using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial record ContainerStateWaiting
{
    [Field(1)]
    public string Reason { get; init; } = "";

    [Field(2)]
    public string Message { get; init; } = "";
}
