using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList", Kind = "APIGroupList", ApiVersion = "v1")]
public sealed partial record APIGroupList
{
    [Field(0, Required = true, Always = true, ListType = "atomic")]
    public ApiList<APIGroup> Groups { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup", Kind = "APIGroup", ApiVersion = "v1")]
public sealed partial record APIGroup
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<GroupVersionForDiscovery> Versions { get; init; }

    [Field(3, Always = true)]
    public GroupVersionForDiscovery PreferredVersion { get; init; } = GroupVersionForDiscovery.Empty;

    [Field(4, ListType = "atomic")]
    public ApiList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery")]
public sealed partial record GroupVersionForDiscovery
{
    [Field(1, Required = true, Always = true)]
    public string GroupVersion { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Version { get; init; } = "";
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR")]
public sealed partial record ServerAddressByClientCIDR
{
    [Field(1, Required = true, Always = true)]
    public string ClientCIDR { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string ServerAddress { get; init; } = "";
}
