using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandler")]
public sealed partial record NodeRuntimeHandler
{
    [Field(1, Always = true)]
    public string Name { get; init; } = "";

    [Field(2)]
    public NodeRuntimeHandlerFeatures? Features { get; init; }
}
