using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures")]
public sealed partial record NodeRuntimeHandlerFeatures
{
    [Field(1)]
    public bool? RecursiveReadOnlyMounts { get; init; }

    [Field(2)]
    public bool? UserNamespaces { get; init; }
}
