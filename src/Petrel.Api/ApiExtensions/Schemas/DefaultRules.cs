using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Rules for defaults: objects that get one must be as good as before.</summary>
internal sealed class DefaultRules
{
    // What stands around a default in metadata, which makes sense only as part of a whole object.
    private static readonly JsonMap WholeObject = JsonMap.Create(("apiVersion", "validation/v1"), ("kind", "Validation"));

    private readonly FieldErrors _errors;
    private readonly RuleRun _run;

    private DefaultRules(FieldErrors errors) => (_errors, _run) = (errors, new RuleRun(errors) { Ratchets = false });

    public static void Validate(JSONSchemaProps root, FieldPath path, FieldErrors errors) =>
        new DefaultRules(errors).Validate(root, path, new Surroundings(root, static value => (JsonMap)value) { IsResource = true });

    private void Validate(JSONSchemaProps schema, FieldPath path, Surroundings surroundings)
    {
        surroundings = schema.XEmbeddedResource ? new Surroundings(schema, static value => (JsonMap)value) { IsResource = true } : surroundings;
        if (schema.Default is { } value)
        {
            ValidateDefault(schema, value, path.Child("default"), surroundings);
        }

        if (schema.Items?.Schema is { } items)
        {
            Validate(items, path.Child("items"), surroundings.Below(static child => JsonList.Create([child])));
        }

        foreach (var (name, property) in schema.Properties)
        {
            var isMetadata = surroundings.IsResource && name is "metadata" or "apiVersion" or "kind";
            var holder = surroundings.IsResource ? WholeObject : JsonMap.Empty;
            var below = surroundings.Below(child => holder.With(name, child));
            Validate(property, path.Child("properties").Key(name), isMetadata ? below with { IsInMetadata = true } : below);
        }

        if (schema.AdditionalProperties?.Schema is { } values)
        {
            Validate(values, path.Child("additionalProperties"), surroundings.Below(static child => JsonMap.Empty.With("*", child)));
        }
    }

    private void ValidateDefault(JSONSchemaProps schema, JsonTree value, FieldPath path, Surroundings surroundings)
    {
        var structural = StructuralSchema.Of(schema);
        var found = new FieldErrors();
        if (surroundings.IsInMetadata)
        {
            EmbeddedResources.Validate(surroundings.Around(value), StructuralSchema.Of(surroundings.Root with { XEmbeddedResource = true }), FieldPath.Root, found);
            if (found.Count > 0)
            {
                _errors.InvalidPlain(path, GoJson.Text(value), "must result in valid metadata: " + found.Aggregate());
                return;
            }
        }
        else
        {
            if (!Pruning.Prune(value, structural).Equals(value))
            {
                _errors.InvalidPlain(path, GoJson.Text(value), "must not have unknown fields");
            }

            EmbeddedResources.Validate(value, structural, path, found);
        }

        if (found.Count == 0)
        {
            ValueValidation.Validate(value, null, structural, path, found);
        }

        _errors.Add(found);
        if (found.Count == 0 && RuleSet.Compile(schema, schema.XEmbeddedResource) is { } rules)
        {
            // A default takes the place of itself.
            rules.Validate(value, value, path, _run);
        }
    }

    /// <summary>Where in a whole object a schema describes something.</summary>
    /// <param name="Root">The schema of the object.</param>
    /// <param name="Around">The object with a value at that place.</param>
    private sealed record Surroundings(JSONSchemaProps Root, Func<JsonTree, JsonMap> Around)
    {
        /// <summary>The place is the object itself.</summary>
        public bool IsResource { get; init; }

        /// <summary>The place is in the object's metadata, or its apiVersion or kind.</summary>
        public bool IsInMetadata { get; init; }

        public Surroundings Below(Func<JsonTree, JsonTree> holder) => this with { IsResource = false, Around = child => Around(holder(child)) };
    }
}
