using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandler")]
public sealed partial record NodeRuntimeHandler
{
    /// <summary>Name of the handler; empty for the default one.</summary>
    [Field(1, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it can do.</summary>
    [Field(2)]
    public NodeRuntimeHandlerFeatures? Features { get; init; }
}
