using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList", Kind = "APIResourceList", ApiVersion = "v1")]
public sealed partial record APIResourceList
{
    /// <summary>Group and version as GROUP/VERSION.</summary>
    [Field(0, Required = true, Always = true)]
    public string GroupVersion { get; init; } = "";

    /// <summary>Resources and subresources of the version.</summary>
    [Field(0, Required = true, Always = true, ListType = "atomic")]
    public ApiList<APIResource> Resources { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResource")]
public sealed partial record APIResource
{
    /// <summary>Names that stand for several resources, e.g. all.</summary>
    [Field(0, ListType = "atomic")]
    public ApiList<string> Categories { get; init; }

    /// <summary>Group of the body, where it differs from the list's.</summary>
    [Field(0)]
    public string Group { get; init; } = "";

    /// <summary>Kind of the body.</summary>
    [Field(0, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name in paths: RESOURCE or RESOURCE/SUBRESOURCE.</summary>
    [Field(0, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Objects are in namespaces.</summary>
    [Field(0, Required = true, Always = true)]
    public bool Namespaced { get; init; }

    /// <summary>Abbreviations for the command line.</summary>
    [Field(0, ListType = "atomic")]
    public ApiList<string> ShortNames { get; init; }

    /// <summary>Name of one object for the command line.</summary>
    [Field(0, Required = true, Always = true)]
    public string SingularName { get; init; } = "";

    /// <summary>Changes with the version in which objects are stored.</summary>
    [Field(0)]
    public string StorageVersionHash { get; init; } = "";

    /// <summary>What can be done with it.</summary>
    [Field(0, Required = true, Always = true)]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Version of the body, where it differs from the list's.</summary>
    [Field(0)]
    public string Version { get; init; } = "";
}
