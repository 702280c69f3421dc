using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList", Kind = "APIResourceList", ApiVersion = "v1")]
public sealed partial record APIResourceList
{
    [Field(0, Required = true, Always = true)]
    public string GroupVersion { get; init; } = "";

    [Field(0, Required = true, Always = true, ListType = "atomic")]
    public ApiList<APIResource> Resources { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResource")]
public sealed partial record APIResource
{
    [Field(0, ListType = "atomic")]
    public ApiList<string> Categories { get; init; }

    [Field(0)]
    public string Group { get; init; } = "";

    [Field(0, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    [Field(0, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(0, Required = true, Always = true)]
    public bool Namespaced { get; init; }

    [Field(0, ListType = "atomic")]
    public ApiList<string> ShortNames { get; init; }

    [Field(0, Required = true, Always = true)]
    public string SingularName { get; init; } = "";

    [Field(0)]
    public string StorageVersionHash { get; init; } = "";

    [Field(0, Required = true, Always = true)]
    public ApiList<string> Verbs { get; init; }

    [Field(0)]
    public string Version { get; init; } = "";
}
