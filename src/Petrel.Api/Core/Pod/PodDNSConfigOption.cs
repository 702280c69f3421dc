using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodDNSConfigOption")]
public sealed partial record PodDNSConfigOption
{
    /// <summary>Name of the option, e.g. ndots.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Its value, if it has one.</summary>
    [Field(2)]
    public string? Value { get; init; }
}
