using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Rules for the keywords of a schema, and for the expressions in it.</summary>
/// <param name="costs">Collects what the rules cost by estimate; null when expressions are not looked at because the schema is wrong.</param>
internal sealed class KeywordRules(RuleCosts? costs)
{
    private const string Rules = "x-kubernetes-validations";
    private const string ListType = "x-kubernetes-list-type";
    private const string MapType = "x-kubernetes-map-type";
    private const string ListMapKeys = "x-kubernetes-list-map-keys";

    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    private readonly FieldErrors _ruleErrors = new();
    private FieldErrors _errors = new();

    /// <summary>Notes what is wrong with the whole schema: first the keywords, then the expressions.</summary>
    public void Validate(JSONSchemaProps root, FieldPath path, FieldErrors errors)
    {
        _errors = errors;
        var before = errors.Count;
        Walk(root, path, new Place { IsRoot = true, Cardinality = costs is null ? null : 1, HasRules = costs is not null }, before);
        errors.Add(_ruleErrors);
    }

    /// <summary>What the schemas around a schema mean for it.</summary>
    private readonly record struct Place
    {
        public bool IsRoot { get; init; }

        /// <summary>Within apiVersion, kind or metadata of a resource.</summary>
        public bool IsInMetadata { get; init; }

        /// <summary>Why there must be no default; null when there may be one.</summary>
        public string? NoDefault { get; init; }

        /// <summary>The outermost schema in which old and new values cannot be told apart; null when there is none.</summary>
        public string? Uncorrelatable { get; init; }

        /// <summary>How often values of the schema occur at most in an object; null when only the size of requests limits it.</summary>
        public ulong? Cardinality { get; init; }

        /// <summary>Expressions are looked at; not below allOf and its like.</summary>
        public bool HasRules { get; init; }
    }

    // Returns with all errors about keywords of the schema and those inside noted.
    private void Walk(JSONSchemaProps? schema, FieldPath path, Place place, int errorsBefore)
    {
        if (schema is null)
        {
            return;
        }

        ValidateSupported(schema, path, place);
        if (schema.UniqueItems)
        {
            _errors.Forbidden(path.Child("uniqueItems"), "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }

        WalkInside(schema, path, place);
        ValidateMapType(schema, path);
        ValidateListType(schema, path);
        ValidateMapKeys(schema, path);
        ValidateRules(schema, path);

        // Wrong schemas make wrong types, about which errors of expressions would only confuse.
        if (place.HasRules && !schema.XValidations.IsEmpty && _errors.Count == errorsBefore)
        {
            ValidateExpressions(schema, path, place);
        }
    }

    private void WalkInside(JSONSchemaProps schema, FieldPath path, Place place)
    {
        var inside = place with { IsRoot = false };
        if (schema.AdditionalProperties is { } additional)
        {
            if (schema.Properties.Count != 0 && (!additional.Allows || additional.Schema is not null))
            {
                _errors.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive");
            }

            Walk(additional.Schema, path.Child("additionalProperties"), inside with
            {
                NoDefault = place.IsInMetadata ? "inside additionalProperties applying to object metadata" : place.NoDefault,
                Cardinality = Product(place.Cardinality, Multiplicity(schema)),
            }, _errors.Count);
        }

        foreach (var (name, property) in schema.Properties)
        {
            var isMetadata = (place.IsRoot || schema.XEmbeddedResource) && name is "metadata" or "kind" or "apiVersion";
            Walk(property, path.Child("properties").Key(name), inside with
            {
                Uncorrelatable = place.Uncorrelatable ?? (schema.XMapType is null or "granular" ? null : path.ToString()),
                IsInMetadata = place.IsInMetadata || isMetadata,
                NoDefault = isMetadata && place.IsRoot ? "in top-level " + name : place.NoDefault,
                Cardinality = Product(place.Cardinality, Multiplicity(schema)),
            }, _errors.Count);
        }

        var narrowing = inside with { HasRules = false };
        Walk(schema.Not, path.Child("not"), narrowing, _errors.Count);
        WalkAll(schema.AllOf, path.Child("allOf"), narrowing);
        WalkAll(schema.OneOf, path.Child("oneOf"), narrowing);
        WalkAll(schema.AnyOf, path.Child("anyOf"), narrowing);
        foreach (var (name, definition) in schema.Definitions)
        {
            Walk(definition, path.Child("definitions").Key(name), narrowing, _errors.Count);
        }

        var item = inside with
        {
            Uncorrelatable = place.Uncorrelatable ?? (schema.XListType == "map" ? null : path.ToString()),
            Cardinality = Product(place.Cardinality, Multiplicity(schema)),
        };
        Walk(schema.Items?.Schema, path.Child("items"), item, _errors.Count);
        WalkAll(schema.Items?.JSONSchemas ?? default, path.Child("items"), item);
        foreach (var (name, dependency) in schema.Dependencies)
        {
            Walk(dependency.Schema, path.Child("dependencies").Key(name), narrowing, _errors.Count);
        }
    }

    private void WalkAll(ApiList<JSONSchemaProps> schemas, FieldPath path, Place place)
    {
        for (var i = 0; i < schemas.Count; i++)
        {
            Walk(schemas[i], path.Index(i), place, _errors.Count);
        }
    }

    private void ValidateSupported(JSONSchemaProps schema, FieldPath path, Place place)
    {
        if (schema.Type.Length > 0 && !Types.Contains(schema.Type))
        {
            _errors.NotSupported(path.Child("type"), schema.Type, Types);
        }

        if (schema.Default is not null && place.NoDefault is { } reason)
        {
            _errors.Forbidden(path.Child("default"), "must not be set " + reason);
        }

        Forbid(schema.Id.Length > 0, path, "id");
        Forbid(schema.AdditionalItems is not null, path, "additionalItems");
        Forbid(schema.PatternProperties.Count > 0, path, "patternProperties");
        Forbid(schema.Definitions.Count > 0, path, "definitions");
        Forbid(!schema.Dependencies.IsNil, path, "dependencies");
        Forbid(schema.Ref is not null, path, "$ref");
        if (schema.Type == "null")
        {
            _errors.Forbidden(path.Child("type"), "type cannot be set to null, use nullable as an alternative");
        }

        if (schema.Items is { JSONSchemas.Count: > 0 })
        {
            _errors.Forbidden(path.Child("items"), "items must be a schema object and not an array");
        }

        if (place.IsInMetadata && schema.XEmbeddedResource)
        {
            _errors.Forbidden(path.Child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
        }
    }

    private void Forbid(bool isUsed, FieldPath path, string keyword)
    {
        if (isUsed)
        {
            _errors.Forbidden(path.Child(keyword), keyword + " is not supported");
        }
    }

    private void ValidateMapType(JSONSchemaProps schema, FieldPath path)
    {
        if (schema.XPreserveUnknownFields == false)
        {
            _errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        }

        if (schema.XMapType is null)
        {
            return;
        }

        RequireType(schema, "object", MapType, path.Child("type"));
        if (schema.XMapType is not ("atomic" or "granular"))
        {
            _errors.NotSupported(path.Child(MapType), schema.XMapType, ["atomic", "granular"]);
        }
    }

    private void ValidateListType(JSONSchemaProps schema, FieldPath path)
    {
        const string InSet = "must be atomic as item of a list with x-kubernetes-list-type=set";
        if (schema.XListType is not null && schema.Type != "array")
        {
            RequireType(schema, "array", ListType, path.Child("type"));
        }
        else if (schema is { XListType: "set", Items.Schema: { } item })
        {
            if (item is { Type: "array", XListType: not (null or "atomic") })
            {
                _errors.Invalid(path.Child("items", ListType), item.XListType, InSet);
            }
            else if (item is { Type: "object", XMapType: not "atomic" })
            {
                // The value that upstream shows is the list type, too.
                _errors.Invalid(path.Child("items", MapType), item.XListType, InSet);
            }
        }

        if (schema.XListType is not (null or "atomic" or "set" or "map"))
        {
            _errors.NotSupported(path.Child(ListType), schema.XListType, ["atomic", "set", "map"]);
        }
    }

    private void RequireType(JSONSchemaProps schema, string type, string keyword, FieldPath path)
    {
        if (schema.Type.Length == 0)
        {
            _errors.Required(path, $"must be {type} if {keyword} is specified");
        }
        else if (schema.Type != type)
        {
            _errors.Invalid(path, schema.Type, $"must be {type} if {keyword} is specified");
        }
    }

    private void ValidateMapKeys(JSONSchemaProps schema, FieldPath path)
    {
        if (!schema.XListMapKeys.IsEmpty && schema.XListType is null)
        {
            _errors.Required(path.Child(ListType), "must be map if x-kubernetes-list-map-keys is non-empty");
        }
        else if (!schema.XListMapKeys.IsEmpty && schema.XListType != "map")
        {
            _errors.Invalid(path.Child(ListType), schema.XListType, "must be map if x-kubernetes-list-map-keys is non-empty");
        }

        if (schema.XListType == "map")
        {
            ValidateKeyedList(schema, path);
        }

        if (schema is { XListType: "set" or "map", Items.Schema: { } item })
        {
            ValidateKeysAreThere(schema, item, path.Child("items"));
        }
    }

    private void ValidateKeyedList(JSONSchemaProps schema, FieldPath path)
    {
        if (schema.XListMapKeys.IsEmpty)
        {
            _errors.Required(path.Child(ListMapKeys), "must not be empty if x-kubernetes-list-type is map");
        }

        switch (schema.Items)
        {
            case null:
                _errors.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map");
                break;
            case { Schema: null }:
                _errors.InvalidPlain(path.Child("items"), "apiextensions.JSONSchemaPropsOrArray{Schema:(*apiextensions.JSONSchemaProps)(nil)}", "must only have a single schema if x-kubernetes-list-type is map");
                break;
            case { Schema.Type: not "object" }:
                _errors.Invalid(path.Child("items", "type"), schema.Items.Schema.Type, "must be object if parent array's x-kubernetes-list-type is map");
                break;
            default:
                ValidateKeyNames(schema, schema.Items.Schema, path);
                break;
        }
    }

    private void ValidateKeyNames(JSONSchemaProps schema, JSONSchemaProps item, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in schema.XListMapKeys)
        {
            if (!item.Properties.TryGetValue(key, out var property))
            {
                _errors.Invalid(path.Child(ListMapKeys), GoSyntax.Strings(schema.XListMapKeys), "entries must all be names of item properties");
            }
            else if (property.Type is "array" or "object")
            {
                _errors.Invalid(path.Child("items", "properties").Key(key).Child("type"), item.Type, "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }

            if (!seen.Add(key))
            {
                _errors.Invalid(path.Child(ListMapKeys), GoSyntax.Strings(schema.XListMapKeys), "must not contain duplicate entries");
            }
        }
    }

    private void ValidateKeysAreThere(JSONSchemaProps schema, JSONSchemaProps item, FieldPath path)
    {
        if (item.Nullable)
        {
            _errors.Forbidden(path.Child("nullable"), "cannot be nullable when x-kubernetes-list-type is " + schema.XListType);
        }

        foreach (var key in schema.XListType == "map" ? schema.XListMapKeys : default)
        {
            if (!item.Properties.TryGetValue(key, out var property))
            {
                continue;
            }

            var place = path.Child("properties").Key(key);
            if (property.Default is null && !item.Required.Contains(key))
            {
                _errors.Required(place.Child("default"), "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
            }

            if (property.Nullable)
            {
                _errors.Forbidden(place.Child("nullable"), "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
            }
        }
    }

    private void ValidateRules(JSONSchemaProps schema, FieldPath path)
    {
        for (var i = 0; i < schema.XValidations.Count; i++)
        {
            var (rule, place) = (schema.XValidations[i], path.Child(Rules).Index(i));
            ValidateMessage(rule, place);
            if (rule.MessageExpression.Length > 0 && rule.MessageExpression.Trim().Length == 0)
            {
                _errors.Required(place.Child("messageExpression"), "messageExpression must be non-empty if specified");
            }

            if (rule.Reason is { } reason && !Reasons.Contains(reason))
            {
                _errors.NotSupported(place.Child("reason"), reason, Reasons);
            }

            ValidateFieldPath(rule.FieldPath, schema, place.Child("fieldPath"));
        }
    }

    private void ValidateMessage(ValidationRule rule, FieldPath path)
    {
        var message = rule.Message.Trim();
        if (rule.Rule.Trim().Length == 0)
        {
            _errors.Required(path.Child("rule"), "rule is not specified");
        }
        else if (rule.Message.Length > 0 && message.Length == 0)
        {
            _errors.Invalid(path.Child("message"), rule.Message, "message must be non-empty if specified");
        }
        else if (HasLineBreak(message))
        {
            _errors.Invalid(path.Child("message"), rule.Message, "message must not contain line breaks");
        }
        else if (message.Length == 0 && HasLineBreak(rule.Rule.Trim()))
        {
            _errors.Required(path.Child("message"), "message must be specified if rule contains line breaks");
        }
    }

    private void ValidateFieldPath(string text, JSONSchemaProps schema, FieldPath path)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (text.Trim().Length == 0)
        {
            _errors.Invalid(path, text, "fieldPath must be non-empty if specified");
        }

        if (HasLineBreak(text))
        {
            _errors.Invalid(path, text, "fieldPath must not contain line breaks");
        }

        if (StructuralRules.UnsupportedKeyword(schema) is null && SchemaPath.Find(text, schema, allowsBrackets: true).Error is not null)
        {
            _errors.Invalid(path, text, "fieldPath must be a valid path");
        }
    }

    private static bool HasLineBreak(string text) => text.AsSpan().ContainsAny('\n', '\r');

    private void ValidateExpressions(JSONSchemaProps schema, FieldPath path, Place place)
    {
        if (SchemaTypes.Of(schema, place.IsRoot || schema.XEmbeddedResource) is not { } type)
        {
            _ruleErrors.Internal(path.Child(Rules), "internal error: failed to retrieve type information for x-kubernetes-validations");
            return;
        }

        for (var i = 0; i < schema.XValidations.Count; i++)
        {
            ValidateExpression(CompiledRule.Compile(schema.XValidations[i], type), type, path.Child(Rules).Index(i), place);
        }
    }

    private void ValidateExpression(CompiledRule compiled, RuleType type, FieldPath path, Place place)
    {
        var rule = compiled.Rule;
        var cost = RuleCosts.Times(compiled.MaxCost, place.Cardinality ?? SchemaTypes.MaxCardinality(type));
        if (cost > RuleCosts.RuleMax)
        {
            _ruleErrors.Forbidden(path.Child("rule"), RuleCosts.Exceeds("estimated rule cost", cost, RuleCosts.RuleMax));
        }

        costs!.Add(path.Child("rule"), cost);
        if (compiled.Error is not null)
        {
            _ruleErrors.InvalidPlain(path.Child("rule"), Print(rule), compiled.Error);
        }

        if (compiled.MessageError is not null)
        {
            _ruleErrors.InvalidPlain(path.Child("messageExpression"), Print(rule), compiled.MessageError);
        }
        else if (compiled.Message is not null)
        {
            if (compiled.MessageMaxCost > RuleCosts.RuleMax)
            {
                _ruleErrors.Forbidden(path.Child("messageExpression"), RuleCosts.Exceeds("estimated messageExpression cost", compiled.MessageMaxCost, RuleCosts.RuleMax));
            }

            costs.Add(path.Child("messageExpression"), compiled.MessageMaxCost);
        }

        if (compiled.UsesOldSelf && place.Uncorrelatable is { } around)
        {
            _ruleErrors.Invalid(path.Child("rule"), rule.Rule, "oldSelf cannot be used on the uncorrelatable portion of the schema within " + around);
        }
        else if (!compiled.UsesOldSelf && rule.OptionalOldSelf is { } isOptional)
        {
            _ruleErrors.Invalid(path.Child("optionalOldSelf"), isOptional, "may not be set if oldSelf is not used in rule");
        }
    }

    // How many values there are inside one of a schema; null when nothing limits it.
    private static ulong? Multiplicity(JSONSchemaProps schema) => schema switch
    {
        { Type: "object", AdditionalProperties: not null } => Limit(schema.MaxProperties),
        { Type: "array" } => Limit(schema.MaxItems),
        _ => 1,
    };

    private static ulong? Limit(long? max) => max is { } count ? (ulong)Math.Max(count, 0) : null;

    private static ulong? Product(ulong? left, ulong? right) => left is { } a && right is { } b ? RuleCosts.Times(a, b) : null;

    private static string Print(ValidationRule rule) =>
        $"apiextensions.ValidationRule{{Rule:{GoSyntax.Quote(rule.Rule)}, Message:{GoSyntax.Quote(rule.Message)}, MessageExpression:{GoSyntax.Quote(rule.MessageExpression)}, "
        + $"Reason:{GoSyntax.Pointer("apiextensions.FieldValueErrorReason", rule.Reason)}, FieldPath:{GoSyntax.Quote(rule.FieldPath)}, OptionalOldSelf:{GoSyntax.Pointer("bool", rule.OptionalOldSelf)}}}";
}
