using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LocalObjectReference", MapType = "atomic")]
public sealed partial record LocalObjectReference
{
    /// <summary>Name of the object, which is in the same namespace.</summary>
    [Field(1, Default = "\"\"")]
    public string Name { get; init; } = "";
}
