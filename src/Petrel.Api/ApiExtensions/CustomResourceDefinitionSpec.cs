using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec")]
public sealed partial record CustomResourceDefinitionSpec
{
    /// <summary>API group of the kind. The definition is named PLURAL.GROUP. Cannot be changed once the kind is served.</summary>
    [Field(1, Required = true, Always = true)]
    public string Group { get; init; } = "";

    /// <summary>What the kind and its resource are called.</summary>
    [Field(3, Required = true, Always = true)]
    public CustomResourceDefinitionNames Names { get; init; } = CustomResourceDefinitionNames.Empty;

    /// <summary>Cluster or Namespaced: whether objects are in namespaces. Cannot be changed once the kind is served.</summary>
    [Field(4, Required = true, Always = true)]
    public string Scope { get; init; } = "";

    /// <summary>All versions of the kind; discovery lists them by their names: released before beta before alpha, higher numbers first.</summary>
    [Field(7, Required = true, Always = true, ListType = "atomic")]
    public ApiList<CustomResourceDefinitionVersion> Versions { get; init; }

    /// <summary>How objects are converted between versions; by default only their apiVersion is changed.</summary>
    [Field(9)]
    public CustomResourceConversion? Conversion { get; init; }

    /// <summary>Fields that no schema names are kept. Must be false in new definitions; x-kubernetes-preserve-unknown-fields does it for parts of a schema.</summary>
    [Field(10)]
    public bool PreserveUnknownFields { get; init; }

    internal CustomResourceDefinitionSpec WithDefaults() => this with
    {
        Names = Names.WithDefaults(),
        Conversion = (Conversion ?? new CustomResourceConversion { Strategy = "None" }).WithDefaults(),
    };
}
