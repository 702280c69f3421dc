using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList", Kind = "APIGroupList", ApiVersion = "v1")]
public sealed partial record APIGroupList
{
    /// <summary>The groups.</summary>
    [Field(0, Required = true, Always = true, ListType = "atomic")]
    public ApiList<APIGroup> Groups { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup", Kind = "APIGroup", ApiVersion = "v1")]
public sealed partial record APIGroup
{
    /// <summary>Name of the group.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Versions that are served.</summary>
    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<GroupVersionForDiscovery> Versions { get; init; }

    /// <summary>Version that clients should use.</summary>
    [Field(3, Always = true)]
    public GroupVersionForDiscovery PreferredVersion { get; init; } = GroupVersionForDiscovery.Empty;

    /// <summary>Addresses of the server by where the client is.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery")]
public sealed partial record GroupVersionForDiscovery
{
    /// <summary>Group and version as GROUP/VERSION.</summary>
    [Field(1, Required = true, Always = true)]
    public string GroupVersion { get; init; } = "";

    /// <summary>The version alone.</summary>
    [Field(2, Required = true, Always = true)]
    public string Version { get; init; } = "";
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR")]
public sealed partial record ServerAddressByClientCIDR
{
    /// <summary>Addresses of clients.</summary>
    [Field(1, Required = true, Always = true)]
    public string ClientCIDR { get; init; } = "";

    /// <summary>Address at which they reach the server.</summary>
    [Field(2, Required = true, Always = true)]
    public string ServerAddress { get; init; } = "";
}
