using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement")]
public sealed partial record FieldSelectorRequirement
{
    /// <summary>The field.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field(2, Required = true, Always = true)]
    public string Operator { get; init; } = "";

    /// <summary>What it is compared with; nothing for Exists and DoesNotExist.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Values { get; init; }
}
