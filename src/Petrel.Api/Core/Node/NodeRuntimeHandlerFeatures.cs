using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures")]
public sealed partial record NodeRuntimeHandlerFeatures
{
    /// <summary>It can mount trees recursively for reading only.</summary>
    [Field(1)]
    public bool? RecursiveReadOnlyMounts { get; init; }

    /// <summary>It can run pods in user namespaces.</summary>
    [Field(2)]
    public bool? UserNamespaces { get; init; }
}
