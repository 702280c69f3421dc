using Petrel.Api.Validation;
using Petrel.Cel.Libraries;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>
/// What makes a schema structural (KEP vanilla-crd-openapi-subset): each value has one type, said outside of allOf, anyOf, oneOf
/// and not, which then only narrow what is described; so objects can be pruned, completed and merged by it.
/// </summary>
internal static class StructuralRules
{
    private const string MustBeEmpty = "must be empty to be structural";
    private const string MustBeUndefined = "must be undefined to be structural";
    private const string MustBeFalse = "must be false to be structural";

    public static void Validate(JSONSchemaProps schema, FieldPath path, FieldErrors errors)
    {
        var found = new FieldErrors();
        ValidateSchema(schema, SchemaLevel.Root, path, found);
        ValidateDescribed(schema, schema, path, path, found);

        // Upstream's order, too: by what the error says.
        var sorted = new FieldErrors();
        sorted.Add(found.Errors.OrderBy(static error => error.ToString(), Utf8Order.Comparer));
        errors.Add(sorted);
    }

    /// <summary>A keyword that keeps a schema from being looked at at all; null when there is none.</summary>
    public static string? UnsupportedKeyword(JSONSchemaProps schema)
    {
        var keyword = schema switch
        {
            { Id.Length: > 0 } => "id",
            { SchemaUri.Length: > 0 } => "schema",
            { Ref.Length: > 0 } => "$ref",
            { PatternProperties.Count: > 0 } => "patternProperties",
            { Dependencies.Count: > 0 } => "dependencies",
            { AdditionalItems: not null } => "additionalItems",
            { Definitions.Count: > 0 } => "definitions",
            _ => null,
        };
        return keyword is not null ? $"OpenAPIV3Schema '{keyword}' is not supported"
            : schema.Items is { JSONSchemas.Count: > 0 } ? "OpenAPIV3Schema 'items' must be a schema, but is an array"
            : schema.XPreserveUnknownFields == false ? "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined"
            : Parts(schema).Select(UnsupportedKeyword).FirstOrDefault(static found => found is not null);
    }

    private static IEnumerable<JSONSchemaProps> Parts(JSONSchemaProps schema)
    {
        JSONSchemaProps?[] single = [schema.Items?.Schema, schema.AdditionalProperties?.Schema, schema.Not];
        return single.OfType<JSONSchemaProps>().Concat(schema.Properties.Values).Concat(schema.AllOf).Concat(schema.AnyOf).Concat(schema.OneOf);
    }

    private static void ValidateSchema(JSONSchemaProps schema, SchemaLevel level, FieldPath path, FieldErrors errors)
    {
        if (schema.Type == "array" && schema.Items?.Schema is null)
        {
            errors.Required(path.Child("items"), "must be specified");
        }

        if (schema.Items?.Schema is { } items)
        {
            ValidateSchema(items, SchemaLevel.Item, path.Child("items"), errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            ValidateSchema(property, SchemaLevel.Field, path.Child("properties").Key(name), errors);
        }

        ValidateAdditionalProperties(schema, level, path.Child("additionalProperties"), errors);
        ValidateExtensions(schema, path, errors);
        ValidateValues(schema, IsIntOrString(schema.AnyOf), !schema.AllOf.IsEmpty && IsIntOrString(schema.AllOf[0].AnyOf), path, errors);
        ValidateType(schema, level, path, errors);
        ValidateResource(schema, level, path, errors);
    }

    private static void ValidateAdditionalProperties(JSONSchemaProps schema, SchemaLevel level, FieldPath path, FieldErrors errors)
    {
        if (schema.AdditionalProperties is null)
        {
            return;
        }

        if (level == SchemaLevel.Root)
        {
            errors.Forbidden(path, "must not be used at the root");
        }

        if (schema.AdditionalProperties.Schema is { } values)
        {
            ValidateSchema(values, SchemaLevel.Field, path, errors);
        }

        if (schema.XEmbeddedResource)
        {
            errors.Forbidden(path, "must not be used if x-kubernetes-embedded-resource is set");
        }
    }

    private static void ValidateExtensions(JSONSchemaProps schema, FieldPath path, FieldErrors errors)
    {
        if (schema is { XIntOrString: true, XPreserveUnknownFields: true })
        {
            errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), true, "must be false if x-kubernetes-int-or-string is true");
        }

        if (schema is { XIntOrString: true, XEmbeddedResource: true })
        {
            errors.Invalid(path.Child("x-kubernetes-embedded-resource"), true, "must be false if x-kubernetes-int-or-string is true");
        }
    }

    private static void ValidateType(JSONSchemaProps schema, SchemaLevel level, FieldPath path, FieldErrors errors)
    {
        const string MustBeObject = "must be object if x-kubernetes-embedded-resource is true";
        var place = path.Child("type");
        if (schema.XEmbeddedResource && schema.Type != "object")
        {
            if (schema.Type.Length == 0)
            {
                errors.Required(place, MustBeObject);
            }
            else
            {
                errors.Invalid(place, schema.Type, MustBeObject);
            }
        }
        else if (schema is { Type.Length: 0, XIntOrString: false, XPreserveUnknownFields: not true })
        {
            errors.Required(place, level switch
            {
                SchemaLevel.Root => "must not be empty at the root",
                SchemaLevel.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }

        if (level == SchemaLevel.Root && schema.Type is not ("" or "object"))
        {
            errors.Invalid(place, schema.Type, "must be object at the root");
        }
    }

    // Every resource has apiVersion, kind and metadata, whose types are not the schema's to choose.
    private static void ValidateResource(JSONSchemaProps schema, SchemaLevel level, FieldPath path, FieldErrors errors)
    {
        var properties = path.Child("properties");
        var isResource = level == SchemaLevel.Root || schema.XEmbeddedResource;
        foreach (var name in (string[])["kind", "apiVersion"])
        {
            if (isResource && schema.Properties.TryGetValue(name, out var property) && property.Type != "string")
            {
                errors.Invalid(properties.Key(name).Child("type"), property.Type, "must be string");
            }
        }

        if (schema.Properties.TryGetValue("metadata", out var metadata))
        {
            if (isResource && metadata.Type != "object")
            {
                errors.Invalid(properties.Key("metadata").Child("type"), metadata.Type, "must be object");
            }

            if (level == SchemaLevel.Root && !NarrowsNamesOnly(metadata))
            {
                errors.Forbidden(properties.Key("metadata"), "must not specify anything other than name and generateName, but metadata is implicitly specified");
            }
        }

        if (schema is { XEmbeddedResource: true, XPreserveUnknownFields: not true, Properties.Count: 0 })
        {
            errors.Required(properties, "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
        }
    }

    private static bool NarrowsNamesOnly(JSONSchemaProps metadata)
    {
        var hasOnlyNames = metadata.Properties.Keys.All(static name => name is "name" or "generateName");
        return metadata with { Type = "", Default = null, Example = null, Properties = hasOnlyNames ? default : metadata.Properties } == JSONSchemaProps.Empty;
    }

    private static bool IsIntOrString(ApiList<JSONSchemaProps> anyOf) =>
        anyOf.Count == 2 && anyOf[0] == JSONSchemaProps.Empty with { Type = "integer" } && anyOf[1] == JSONSchemaProps.Empty with { Type = "string" };

    private static void ValidateValues(JSONSchemaProps schema, bool skipsAnyOf, bool skipsAnyOfOfFirst, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; !skipsAnyOf && i < schema.AnyOf.Count; i++)
        {
            ValidateNested(schema.AnyOf[i], skipsAnyOf: false, path.Child("anyOf").Index(i), errors);
        }

        for (var i = 0; i < schema.AllOf.Count; i++)
        {
            ValidateNested(schema.AllOf[i], skipsAnyOfOfFirst && i == 0, path.Child("allOf").Index(i), errors);
        }

        for (var i = 0; i < schema.OneOf.Count; i++)
        {
            ValidateNested(schema.OneOf[i], skipsAnyOf: false, path.Child("oneOf").Index(i), errors);
        }

        if (schema.Not is not null)
        {
            ValidateNested(schema.Not, skipsAnyOf: false, path.Child("not"), errors);
        }

        if (schema.Pattern.Length > 0 && RegexCache.Get(schema.Pattern).Error is { } problem)
        {
            errors.Invalid(path.Child("pattern"), schema.Pattern, "must be a valid regular expression, but isn't: " + problem);
        }
    }

    // What only narrows must not describe.
    private static void ValidateNested(JSONSchemaProps schema, bool skipsAnyOf, FieldPath path, FieldErrors errors)
    {
        ValidateValues(schema, skipsAnyOf, skipsAnyOfOfFirst: false, path, errors);
        if (schema.Items?.Schema is { } items)
        {
            ValidateNested(items, skipsAnyOf: false, path.Child("items"), errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            ValidateNested(property, skipsAnyOf: false, path.Child("properties").Key(name), errors);
        }

        void Forbid(bool isUsed, string keyword, string reason)
        {
            if (isUsed)
            {
                errors.Forbidden(path.Child(keyword), reason);
            }
        }

        Forbid(schema.Type.Length > 0, "type", MustBeEmpty);
        Forbid(schema.AdditionalProperties is not null, "additionalProperties", MustBeUndefined);
        Forbid(schema.Default is not null, "default", MustBeUndefined);
        Forbid(schema.Title.Length > 0, "title", MustBeEmpty);
        Forbid(schema.Description.Length > 0, "description", MustBeEmpty);
        Forbid(schema.Nullable, "nullable", MustBeFalse);
        Forbid(schema.ExternalDocs is not null, "externalDocs", MustBeUndefined);
        Forbid(schema.XPreserveUnknownFields == true, "x-kubernetes-preserve-unknown-fields", MustBeFalse);
        Forbid(schema.XEmbeddedResource, "x-kubernetes-embedded-resource", MustBeFalse);
        Forbid(schema.XIntOrString, "x-kubernetes-int-or-string", MustBeFalse);
        Forbid(!schema.XListMapKeys.IsEmpty, "x-kubernetes-list-map-keys", MustBeEmpty);
        Forbid(schema.XListType is not null, "x-kubernetes-list-type", MustBeUndefined);
        Forbid(schema.XMapType is not null, "x-kubernetes-map-type", MustBeUndefined);
        Forbid(!schema.XValidations.IsEmpty, "x-kubernetes-validations", MustBeEmpty);
        if (schema.Properties.ContainsKey("metadata"))
        {
            errors.Forbidden(path.Child("properties").Key("metadata"), "must not be specified in a nested context");
        }
    }

    // Whatever is narrowed is described as well. As upstream does it, only narrowings of the root are held to that.
    private static void ValidateDescribed(JSONSchemaProps narrowing, JSONSchemaProps? schema, FieldPath path, FieldPath narrowingPath, FieldErrors errors)
    {
        if (schema is null)
        {
            errors.Required(path, $"because it is defined in {narrowingPath}");
            return;
        }

        if (narrowing.Not is not null)
        {
            ValidateNestedDescribed(narrowing.Not, schema, path, narrowingPath.Child("not"), errors);
        }

        foreach (var (keyword, schemas) in ((string, ApiList<JSONSchemaProps>)[])[("allOf", narrowing.AllOf), ("anyOf", narrowing.AnyOf), ("oneOf", narrowing.OneOf)])
        {
            for (var i = 0; i < schemas.Count; i++)
            {
                ValidateNestedDescribed(schemas[i], schema, path, narrowingPath.Child(keyword).Index(i), errors);
            }
        }
    }

    private static void ValidateNestedDescribed(JSONSchemaProps narrowing, JSONSchemaProps? schema, FieldPath path, FieldPath narrowingPath, FieldErrors errors)
    {
        ValidateDescribed(narrowing, schema, path, narrowingPath, errors);
        if (schema is null)
        {
            return;
        }

        if (narrowing.Items?.Schema is { } items)
        {
            ValidateNestedDescribed(items, schema.Items?.Schema, path.Child("items"), narrowingPath.Child("items"), errors);
        }

        foreach (var (name, property) in narrowing.Properties)
        {
            ValidateNestedDescribed(
                property, schema.Properties.GetValueOrDefault(name), path.Child("properties").Key(name), narrowingPath.Child("properties").Key(name), errors);
        }
    }
}
