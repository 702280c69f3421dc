using System.Text;
using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Rules for the schema of a version.</summary>
internal static class SchemaValidation
{
    // What the root may say beside properties["status"], which is all that updates of the status are checked by. Upstream's names.
    private const string AtRoot =
        "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

    /// <param name="hasStatus">The version, or any that shares the schema, has a status subresource.</param>
    /// <param name="path">Of the schema, which ends in openAPIV3Schema.</param>
    public static void Validate(JSONSchemaProps schema, bool hasStatus, FieldPath path, FieldErrors errors)
    {
        var found = new FieldErrors();
        if (hasStatus)
        {
            ValidateRoot(schema, path, found);
        }

        if (schema.Nullable)
        {
            found.Forbidden(path.Child("nullable"), "nullable cannot be true at the root");
        }

        var unsupported = StructuralRules.UnsupportedKeyword(schema);
        var structural = new FieldErrors();
        if (unsupported is null)
        {
            StructuralRules.Validate(schema, path, structural);
            if (structural.Count == 0)
            {
                DefaultRules.Validate(schema, path, structural);
            }
        }

        found.Add(structural);
        var costs = unsupported is null && structural.Count == 0 ? new RuleCosts() : null;
        new KeywordRules(costs).Validate(schema, path, found);
        if (unsupported is not null && found.Count == 0)
        {
            found.Invalid(path, "", unsupported);
        }

        costs?.CheckTotal(path, found);
        errors.Add(found);
    }

    private static void ValidateRoot(JSONSchemaProps schema, FieldPath path, FieldErrors errors)
    {
        if (schema.Type is not ("" or "object"))
        {
            errors.Invalid(path.Child("type"), schema.Type, "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled");
            return;
        }

        var allowed = JSONSchemaProps.Empty with
        {
            Description = schema.Description,
            Type = schema.Type,
            Format = schema.Format,
            Title = schema.Title,
            Maximum = schema.Maximum,
            ExclusiveMaximum = schema.ExclusiveMaximum,
            Minimum = schema.Minimum,
            ExclusiveMinimum = schema.ExclusiveMinimum,
            MaxLength = schema.MaxLength,
            MinLength = schema.MinLength,
            Pattern = schema.Pattern,
            MaxItems = schema.MaxItems,
            MinItems = schema.MinItems,
            UniqueItems = schema.UniqueItems,
            MultipleOf = schema.MultipleOf,
            Required = schema.Required,
            Items = schema.Items,
            Properties = schema.Properties,
            ExternalDocs = schema.ExternalDocs,
            Example = schema.Example,
            XPreserveUnknownFields = schema.XPreserveUnknownFields,
            XValidations = schema.XValidations,
        };
        if (schema != allowed)
        {
            errors.InvalidPlain(path, "apiextensions.JSONSchemaProps" + Encoding.UTF8.GetString(JsonEncoding.Encode(schema)), $"only {AtRoot} fields are allowed at the root of the schema if the status subresource is enabled");
        }
    }
}
