using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HTTPHeader")]
public sealed partial record HTTPHeader
{
    /// <summary>Name of the header.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Its value.</summary>
    [Field(2, Required = true, Always = true)]
    public string Value { get; init; } = "";
}
