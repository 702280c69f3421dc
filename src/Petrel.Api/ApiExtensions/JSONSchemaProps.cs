using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>A JSON schema (draft 4) with what Kubernetes adds to it and takes from it.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps")]
public sealed partial record JSONSchemaProps
{
    // Fields that refer to another type and are described by comments like this one have no description in OpenAPI, as upstream's
    // have none: what refers and is described is written in another form there.
    private const string Prefix = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    /// <summary>JSON schema's id. Must not be used.</summary>
    [Field(1)]
    public string Id { get; init; } = "";

    /// <summary>The dialect of the schema. Not looked at.</summary>
    [Field(2, Json = "$schema")]
    public string SchemaUri { get; init; } = "";

    /// <summary>Another schema. Must not be used.</summary>
    [Field(3, Json = "$ref")]
    public string? Ref { get; init; }

    /// <summary>What the value means, for people.</summary>
    [Field(4)]
    public string Description { get; init; } = "";

    /// <summary>array, boolean, integer, number, object or string.</summary>
    [Field(5)]
    public string Type { get; init; } = "";

    /// <summary>What strings and numbers look like, e.g. date-time or uuid; formats that are not known are not checked.</summary>
    [Field(6)]
    public string Format { get; init; } = "";

    /// <summary>What the value is called, for people.</summary>
    [Field(7)]
    public string Title { get; init; } = "";

    /// <summary>Value of a field that is left out.</summary>
    [Field(8, Definition = Prefix + "JSON")]
    public JsonTree? Default { get; init; }

    /// <summary>A number is at most this.</summary>
    [Field(9)]
    public double? Maximum { get; init; }

    /// <summary>A number is less than the maximum.</summary>
    [Field(10)]
    public bool ExclusiveMaximum { get; init; }

    /// <summary>A number is at least this.</summary>
    [Field(11)]
    public double? Minimum { get; init; }

    /// <summary>A number is more than the minimum.</summary>
    [Field(12)]
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Characters that a string has at most.</summary>
    [Field(13)]
    public long? MaxLength { get; init; }

    /// <summary>Characters that a string has at least.</summary>
    [Field(14)]
    public long? MinLength { get; init; }

    /// <summary>Regular expression (RE2) of which a match is somewhere in a string.</summary>
    [Field(15)]
    public string Pattern { get; init; } = "";

    /// <summary>Items that a list has at most.</summary>
    [Field(16)]
    public long? MaxItems { get; init; }

    /// <summary>Items that a list has at least.</summary>
    [Field(17)]
    public long? MinItems { get; init; }

    /// <summary>No item comes twice. Must be false: x-kubernetes-list-type set says it.</summary>
    [Field(18)]
    public bool UniqueItems { get; init; }

    /// <summary>A number is a multiple of this.</summary>
    [Field(19)]
    public double? MultipleOf { get; init; }

    /// <summary>The only values.</summary>
    [Field(20, Definition = Prefix + "JSON", ListType = "atomic")]
    public ApiList<JsonTree> Enum { get; init; }

    /// <summary>Fields that an object has at most.</summary>
    [Field(21)]
    public long? MaxProperties { get; init; }

    /// <summary>Fields that an object has at least.</summary>
    [Field(22)]
    public long? MinProperties { get; init; }

    /// <summary>Fields that an object must have.</summary>
    [Field(23, ListType = "atomic")]
    public ApiList<string> Required { get; init; }

    // Schema of the items of a list.
    [Field(24, Definition = Prefix + "JSONSchemaPropsOrArray")]
    public JSONSchemaPropsOrArray? Items { get; init; }

    /// <summary>All of the schemas hold.</summary>
    [Field(25, ListType = "atomic")]
    public ApiList<JSONSchemaProps> AllOf { get; init; }

    /// <summary>Exactly one of the schemas holds.</summary>
    [Field(26, ListType = "atomic")]
    public ApiList<JSONSchemaProps> OneOf { get; init; }

    /// <summary>At least one of the schemas holds.</summary>
    [Field(27, ListType = "atomic")]
    public ApiList<JSONSchemaProps> AnyOf { get; init; }

    // The schema does not hold.
    [Field(28)]
    public JSONSchemaProps? Not { get; init; }

    /// <summary>Schemas of an object's fields.</summary>
    [Field(29)]
    public ApiMap<JSONSchemaProps> Properties { get; init; }

    // Schema of an object's values under names that are not known beforehand.
    [Field(30, Definition = Prefix + "JSONSchemaPropsOrBool")]
    public JSONSchemaPropsOrBool? AdditionalProperties { get; init; }

    /// <summary>Schemas of fields by pattern. Must not be used.</summary>
    [Field(31)]
    public ApiMap<JSONSchemaProps> PatternProperties { get; init; }

    /// <summary>What else must hold where a field is. Must not be used.</summary>
    [Field(32, Definition = Prefix + "JSONSchemaPropsOrStringArray")]
    public ApiMap<JSONSchemaPropsOrStringArray> Dependencies { get; init; }

    // Schema of further items. Must not be used.
    [Field(33, Definition = Prefix + "JSONSchemaPropsOrBool")]
    public JSONSchemaPropsOrBool? AdditionalItems { get; init; }

    /// <summary>Schemas to refer to. Must not be used.</summary>
    [Field(34)]
    public ApiMap<JSONSchemaProps> Definitions { get; init; }

    // Where to read more.
    [Field(35)]
    public ExternalDocumentation? ExternalDocs { get; init; }

    // A value that the schema allows, for people.
    [Field(36, Definition = Prefix + "JSON")]
    public JsonTree? Example { get; init; }

    /// <summary>null is a value as well.</summary>
    [Field(37)]
    public bool Nullable { get; init; }

    /// <summary>Fields that the schema does not name are kept, from here down to where properties are named again. True or left out.</summary>
    [Field(38, Json = "x-kubernetes-preserve-unknown-fields")]
    public bool? XPreserveUnknownFields { get; init; }

    /// <summary>The value is an object of some kind, with apiVersion, kind and metadata.</summary>
    [Field(39, Json = "x-kubernetes-embedded-resource")]
    public bool XEmbeddedResource { get; init; }

    /// <summary>The value is an integer or a string.</summary>
    [Field(40, Json = "x-kubernetes-int-or-string")]
    public bool XIntOrString { get; init; }

    /// <summary>Fields of its items that a list is keyed by.</summary>
    [Field(41, Json = "x-kubernetes-list-map-keys", ListType = "atomic")]
    public ApiList<string> XListMapKeys { get; init; }

    /// <summary>atomic (the default), set or map: how two writers' lists are merged.</summary>
    [Field(42, Json = "x-kubernetes-list-type")]
    public string? XListType { get; init; }

    /// <summary>granular (the default) or atomic: how two writers' objects are merged.</summary>
    [Field(43, Json = "x-kubernetes-map-type")]
    public string? XMapType { get; init; }

    /// <summary>Rules in the expression language CEL.</summary>
    [Field(44, Json = "x-kubernetes-validations", ListType = "map", MapKeys = "rule", PatchStrategy = "merge", PatchMergeKey = "rule")]
    public ApiList<ValidationRule> XValidations { get; init; }
}

/// <summary>Where to read more.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation")]
public sealed partial record ExternalDocumentation
{
    /// <summary>What is there.</summary>
    [Field(1)]
    public string Description { get; init; } = "";

    /// <summary>Where it is.</summary>
    [Field(2)]
    public string Url { get; init; } = "";
}
