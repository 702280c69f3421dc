using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions", Kind = "APIVersions", ApiVersion = "v1")]
public sealed partial record APIVersions
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Versions { get; init; }

    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}
