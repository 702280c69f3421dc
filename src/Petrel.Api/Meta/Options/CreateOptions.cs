using Petrel.Api.Schema;

namespace Petrel.Api.Meta.Options;

/// <summary>The parameters of a create.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions", Kind = "CreateOptions", ApiVersion = "v1")]
public sealed partial record CreateOptions
{
    /// <summary>All: nothing is stored.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> DryRun { get; init; }

    /// <summary>Who is to own the fields that are set.</summary>
    [Field(3)]
    public string FieldManager { get; init; } = "";

    /// <summary>What happens to unknown and double fields: Ignore, Warn or Strict.</summary>
    [Field(4)]
    public string FieldValidation { get; init; } = "";
}
