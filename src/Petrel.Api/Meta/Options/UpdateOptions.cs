using Petrel.Api.Schema;

namespace Petrel.Api.Meta.Options;

/// <summary>The parameters of an update.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions", Kind = "UpdateOptions", ApiVersion = "v1")]
public sealed partial record UpdateOptions
{
    /// <summary>All: nothing is stored.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> DryRun { get; init; }

    /// <summary>Who is to own the fields that are set.</summary>
    [Field(2)]
    public string FieldManager { get; init; } = "";

    /// <summary>What happens to unknown and double fields: Ignore, Warn or Strict.</summary>
    [Field(3)]
    public string FieldValidation { get; init; } = "";
}
