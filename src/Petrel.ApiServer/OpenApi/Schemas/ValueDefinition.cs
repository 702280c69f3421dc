using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>A definition of values whose JSON form no fields describe.</summary>
internal sealed record ValueDefinition(string Name, SchemaNode Schema)
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private const string Extensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    public static ValueDefinition Time { get; } = new(Meta + "Time", new SchemaNode { Type = "string", Format = "date-time", Description = "A moment in RFC 3339 form, in whole seconds." });

    public static ValueDefinition MicroTime { get; } = new(Meta + "MicroTime", new SchemaNode { Type = "string", Format = "date-time", Description = "A moment in RFC 3339 form, in microseconds." });

    public static ValueDefinition Quantity { get; } = new("io.k8s.apimachinery.pkg.api.resource.Quantity", new SchemaNode
    {
        Type = "string",
        OneOf = ["string", "number"],
        Description = "An amount as a decimal number with an optional suffix: n, u, m, k, M, G, T, P, E for powers of ten, Ki, Mi, Gi, Ti, Pi, Ei for powers of 1024, or an exponent such as e3. \"500m\" is a half, \"1Gi\" is 1073741824.",
    });

    public static ValueDefinition IntOrString { get; } = new("io.k8s.apimachinery.pkg.util.intstr.IntOrString", new SchemaNode
    {
        Type = "string",
        Format = "int-or-string",
        OneOf = ["integer", "string"],
        Description = "A 32-bit integer or a string, such as a port's number or name, or a count or percentage.",
    });

    public static ValueDefinition Patch { get; } = new(Meta + "Patch", new SchemaNode { Type = "object", Description = "A patch, of the form that the content type names." });

    /// <summary>The definition of fields that take any JSON.</summary>
    public static ValueDefinition Raw(string? name) => name switch
    {
        null => RawExtension,
        Meta + "FieldsV1" => FieldsV1,
        Extensions + "JSON" => new(name, new SchemaNode { Description = "Any JSON value." }),
        Extensions + "JSONSchemaPropsOrArray" => new(name, new SchemaNode { Description = "A schema for all items, or a list of one for each." }),
        Extensions + "JSONSchemaPropsOrBool" => new(name, new SchemaNode { Description = "A schema, or true for anything and false for nothing." }),
        Extensions + "JSONSchemaPropsOrStringArray" => new(name, new SchemaNode { Description = "A schema, or a list of names." }),
        _ => throw new InvalidOperationException($"{name} is no definition of any JSON"),
    };

    private static ValueDefinition RawExtension { get; } = new("io.k8s.apimachinery.pkg.runtime.RawExtension", new SchemaNode { Type = "object", Description = "An object of any kind." });

    private static ValueDefinition FieldsV1 { get; } = new(Meta + "FieldsV1", new SchemaNode
    {
        Type = "object",
        Description = "A set of fields as a tree: f:NAME is a field, k:KEYS a list item by its keys, v:VALUE a set's value, i:INDEX a list item by position, and \".\" the thing itself.",
    });
}
