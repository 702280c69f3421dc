using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigStatus")]
public sealed partial record NodeConfigStatus
{
    [Field(1)]
    public NodeConfigSource? Assigned { get; init; }

    [Field(2)]
    public NodeConfigSource? Active { get; init; }

    [Field(3)]
    public NodeConfigSource? LastKnownGood { get; init; }

    [Field(4)]
    public string Error { get; init; } = "";
}
