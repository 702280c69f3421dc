using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

/// <summary>What is served of a group (KEP-3352).</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APIGroupDiscovery")]
public sealed partial record APIGroupDiscovery : ApiObject, IResource<APIGroupDiscovery>
{
    public static ResourceInfo Info { get; } = new("apidiscovery.k8s.io", "v2", "APIGroupDiscovery", "apigroups") { Namespaced = false, Verbs = Verbs.Get };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Its versions, the preferred one first.</summary>
    [Field(2, ListType = "map", MapKeys = "version")]
    public ApiList<APIVersionDiscovery> Versions { get; init; }
}

[ApiType("io.k8s.api.apidiscovery.v2.APIVersionDiscovery")]
public sealed partial record APIVersionDiscovery
{
    /// <summary>Name of the version.</summary>
    [Field(1, Required = true, Always = true)]
    public string Version { get; init; } = "";

    /// <summary>Its resources.</summary>
    [Field(2, ListType = "map", MapKeys = "resource")]
    public ApiList<APIResourceDiscovery> Resources { get; init; }

    /// <summary>Current, or Stale when whoever serves it has not answered.</summary>
    [Field(3)]
    public string Freshness { get; init; } = "";
}

[ApiType("io.k8s.api.apidiscovery.v2.APIResourceDiscovery")]
public sealed partial record APIResourceDiscovery
{
    /// <summary>Name in paths.</summary>
    [Field(1, Required = true, Always = true)]
    public string Resource { get; init; } = "";

    /// <summary>Kind of its objects.</summary>
    [Field(2)]
    public DiscoveredKind? ResponseKind { get; init; }

    /// <summary>Cluster or Namespaced.</summary>
    [Field(3, Required = true, Always = true)]
    public string Scope { get; init; } = "";

    /// <summary>Name of one of them.</summary>
    [Field(4, Required = true, Always = true)]
    public string SingularResource { get; init; } = "";

    /// <summary>What can be done with it.</summary>
    [Field(5, Required = true, Always = true, ListType = "set")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Short names.</summary>
    [Field(6, ListType = "set")]
    public ApiList<string> ShortNames { get; init; }

    /// <summary>Groups of resources that it is in, e.g. all.</summary>
    [Field(7, ListType = "set")]
    public ApiList<string> Categories { get; init; }

    /// <summary>Its subresources.</summary>
    [Field(8, ListType = "map", MapKeys = "subresource")]
    public ApiList<APISubresourceDiscovery> Subresources { get; init; }
}

[ApiType("io.k8s.api.apidiscovery.v2.APISubresourceDiscovery")]
public sealed partial record APISubresourceDiscovery
{
    /// <summary>Name in paths.</summary>
    [Field(1, Required = true, Always = true)]
    public string Subresource { get; init; } = "";

    /// <summary>Kind of its body.</summary>
    [Field(2)]
    public DiscoveredKind? ResponseKind { get; init; }

    /// <summary>Kinds that it takes.</summary>
    [Field(3, ListType = "map", MapKeys = "group,version,kind")]
    public ApiList<DiscoveredKind> AcceptedTypes { get; init; }

    /// <summary>What can be done with it.</summary>
    [Field(4, Required = true, Always = true, ListType = "set")]
    public ApiList<string> Verbs { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind")]
public sealed partial record DiscoveredKind
{
    /// <summary>Group.</summary>
    [Field(1, Required = true, Always = true)]
    public string Group { get; init; } = "";

    /// <summary>Version.</summary>
    [Field(2, Required = true, Always = true)]
    public string Version { get; init; } = "";

    /// <summary>Kind.</summary>
    [Field(3, Required = true, Always = true)]
    public string Kind { get; init; } = "";
}
