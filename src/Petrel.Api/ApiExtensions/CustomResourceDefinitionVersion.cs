using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>One version of a kind.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion")]
public sealed partial record CustomResourceDefinitionVersion
{
    /// <summary>The version's name in paths, e.g. v1beta1.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>The API offers the version.</summary>
    [Field(2, Required = true, Always = true)]
    public bool Served { get; init; }

    /// <summary>Objects are stored in this version; true for exactly one.</summary>
    [Field(3, Required = true, Always = true)]
    public bool Storage { get; init; }

    /// <summary>Requests to the version are answered with a warning.</summary>
    [Field(7)]
    public bool Deprecated { get; init; }

    /// <summary>Text of the warning; by default one that names the version to use instead. Only for deprecated versions.</summary>
    [Field(8)]
    public string? DeprecationWarning { get; init; }

    /// <summary>What objects of the version look like.</summary>
    [Field(4, Json = "schema")]
    public CustomResourceValidation? Validation { get; init; }

    /// <summary>The subresources that the version has.</summary>
    [Field(5)]
    public CustomResourceSubresources? Subresources { get; init; }

    /// <summary>Columns of tables after the name; the age when there are none.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<CustomResourceColumnDefinition> AdditionalPrinterColumns { get; init; }

    /// <summary>Fields that field selectors may use, 8 at most.</summary>
    [Field(9, ListType = "atomic")]
    public ApiList<SelectableField> SelectableFields { get; init; }
}

/// <summary>The schema of a version.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation")]
public sealed partial record CustomResourceValidation
{
    /// <summary>Schema by which objects are validated, pruned and completed.</summary>
    [Field(1, Json = "openAPIV3Schema")]
    public JSONSchemaProps? OpenAPIV3Schema { get; init; }
}

/// <summary>A field that field selectors may use.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField")]
public sealed partial record SelectableField
{
    /// <summary>Where the field is, as a JSON path without arrays, e.g. .spec.color. It must be a string, boolean or integer.</summary>
    [Field(1, Required = true, Always = true)]
    public string JsonPath { get; init; } = "";
}

/// <summary>A column of tables.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition")]
public sealed partial record CustomResourceColumnDefinition
{
    /// <summary>Heading of the column.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>OpenAPI type of the cells: integer, number, string, boolean or date.</summary>
    [Field(2, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>OpenAPI format of the cells.</summary>
    [Field(3)]
    public string Format { get; init; } = "";

    /// <summary>What the column is about.</summary>
    [Field(4)]
    public string Description { get; init; } = "";

    /// <summary>0 for what is always shown; higher numbers where there is more room.</summary>
    [Field(5)]
    public int Priority { get; init; }

    /// <summary>Where the value of a cell is in an object, as a JSON path.</summary>
    [Field(6, Required = true, Always = true)]
    public string JsonPath { get; init; } = "";
}
