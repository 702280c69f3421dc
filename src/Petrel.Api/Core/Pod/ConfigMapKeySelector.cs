using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapKeySelector", MapType = "atomic")]
public sealed partial record ConfigMapKeySelector
{
    /// <summary>Name of the config map.</summary>
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    /// <summary>The key.</summary>
    [Field(2, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>It may be missing.</summary>
    [Field(3)]
    public bool? Optional { get; init; }
}
