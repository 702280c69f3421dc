using Petrel.Api.ApiExtensions.Schemas;
using Petrel.Api.Expressions;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>All rules of a schema, compiled, in the shape of the schema. Immutable: one set serves many evaluations at once.</summary>
public sealed class RuleSet
{
    private readonly RuleType _type;
    private readonly IReadOnlyList<CompiledRule> _rules;

    private RuleSet(RuleType type, IReadOnlyList<CompiledRule> rules) => (_type, _rules) = (type, rules);

    private RuleSet? Items { get; init; }

    private RuleSet? Values { get; init; }

    private IReadOnlyDictionary<string, RuleSet> Properties { get; init; } = new Dictionary<string, RuleSet>();

    /// <summary>The rules of a schema; null when it has none.</summary>
    /// <param name="isResourceRoot">The schema is of whole resources.</param>
    public static RuleSet? Compile(JSONSchemaProps schema, bool isResourceRoot) =>
        HasRules(schema) && SchemaTypes.Of(schema, isResourceRoot) is { } type ? Make(schema, type) : null;

    /// <summary>Evaluates all rules that are about parts of a value. Errors come with their reason and place.</summary>
    /// <param name="value">The value, of which other validation has found the types to be right.</param>
    /// <param name="old">The value that it replaces; null when there was none.</param>
    /// <param name="path">Where the value is.</param>
    /// <param name="run">What the evaluations may cost, and where what they find goes.</param>
    public void Validate(JsonTree value, JsonTree? old, FieldPath path, RuleRun run) =>
        Validate(value, old, path, run.Ratchets ? Correlation.Of(value, old) : Correlation.None, run);

    private static bool HasRules(JSONSchemaProps schema) =>
        schema.XValidations.Count > 0
        || schema.Items?.Schema is { } items && HasRules(items)
        || schema.AdditionalProperties?.Schema is { } values && HasRules(values)
        || schema.Properties.Any(static property => HasRules(property.Value));

    private static RuleSet? Make(JSONSchemaProps schema, RuleType type)
    {
        var properties = new Dictionary<string, RuleSet>(StringComparer.Ordinal);
        foreach (var (name, property) in schema.Properties)
        {
            var propertyType = !HasRules(property) ? null
                : FieldIdentifiers.Escape(name) is { } identifier ? type.Fields.GetValueOrDefault(identifier)
                : SchemaTypes.Of(property, property.XEmbeddedResource);
            if (propertyType is not null && Make(property, propertyType) is { } set)
            {
                properties[name] = set;
            }
        }

        var items = schema.Items?.Schema is { } item && type.Element is not null ? Make(item, type.Element) : null;
        var values = schema.AdditionalProperties?.Schema is { } value && type.Element is not null ? Make(value, type.Element) : null;
        CompiledRule[] rules = [.. schema.XValidations.Select(rule => Compile(rule, schema, type))];
        return rules.Length == 0 && properties.Count == 0 && items is null && values is null ? null
            : new RuleSet(type, rules) { Items = items, Values = values, Properties = properties };
    }

    private static CompiledRule Compile(ValidationRule rule, JSONSchemaProps schema, RuleType type)
    {
        var compiled = CompiledRule.Compile(rule, type);
        return rule.FieldPath.Length > 0 && SchemaPath.Find(rule.FieldPath, schema, allowsBrackets: true) is { Error: null } target
            ? compiled.At(target.Path.ToString())
            : compiled;
    }

    private void Validate(JsonTree value, JsonTree? old, FieldPath path, Correlation correlation, RuleRun run)
    {
        // Rules are about values that are there; whether one may be null says the schema around.
        if (value.IsNull)
        {
            return;
        }

        if (_rules.Count > 0)
        {
            run.Evaluate(_rules, _type, value, old is null or JsonNull ? null : old, path, correlation);
        }

        switch (value)
        {
            case JsonList list when Items is not null:
                ValidateItems(list, old as JsonList, path, correlation, run);
                break;
            case JsonMap map when Values is not null || Properties.Count > 0:
                ValidateEntries(map, old as JsonMap, path, correlation, run);
                break;
        }
    }

    private void ValidateItems(JsonList list, JsonList? old, FieldPath path, Correlation correlation, RuleRun run)
    {
        // Only lists whose items have keys tell which item was which.
        var before = old is not null && _type.Schema.XListType == "map" ? KeyedItems.Of(old, _type.Schema.XListMapKeys) : null;
        for (var i = 0; i < list.Count && !run.IsOver; i++)
        {
            var oldItem = before?.Find(list[i]);
            Items!.Validate(list[i], oldItem, path.Index(i), correlation.Item(list[i], oldItem), run);
        }
    }

    private void ValidateEntries(JsonMap map, JsonMap? old, FieldPath path, Correlation correlation, RuleRun run)
    {
        var isAtomic = _type.Schema.XMapType == "atomic";
        foreach (var (key, value) in map)
        {
            if (run.IsOver)
            {
                return;
            }

            var oldValue = isAtomic ? null : old?.Find(key);
            Values?.Validate(value, oldValue, path.Key(key), correlation.Key(key, value, isAtomic), run);
            if (Properties.TryGetValue(key, out var property))
            {
                property.Validate(value, oldValue, path.Child(key), correlation.Key(key, value, isAtomic), run);
            }
        }
    }
}
