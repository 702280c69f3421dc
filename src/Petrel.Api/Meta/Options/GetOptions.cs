using Petrel.Api.Schema;

namespace Petrel.Api.Meta.Options;

/// <summary>The parameters of reading an object.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions", Kind = "GetOptions", ApiVersion = "v1")]
public sealed partial record GetOptions
{
    /// <summary>The answer must be at least as new.</summary>
    [Field(1)]
    public string ResourceVersion { get; init; } = "";
}
