using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HTTPHeader")]
public sealed partial record HTTPHeader
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Value { get; init; } = "";
}
