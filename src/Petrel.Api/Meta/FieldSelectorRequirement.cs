using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement")]
public sealed partial record FieldSelectorRequirement
{
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Operator { get; init; } = "";

    [Field(3, ListType = "atomic")]
    public ApiList<string> Values { get; init; }
}
