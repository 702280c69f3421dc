using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions", Kind = "APIVersions", ApiVersion = "v1")]
public sealed partial record APIVersions
{
    /// <summary>Versions of the core group.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Versions { get; init; }

    /// <summary>Addresses of the server by where the client is.</summary>
    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}
