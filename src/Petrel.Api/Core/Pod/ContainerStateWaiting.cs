using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial record ContainerStateWaiting
{
    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(1)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(2)]
    public string Message { get; init; } = "";
}
