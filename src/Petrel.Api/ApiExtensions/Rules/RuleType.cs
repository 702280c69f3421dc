using Petrel.Cel.Costs;
using Petrel.Cel.Types;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>
/// What a part of a schema is in expressions: its type, and how large its values can be, from which the cost of rules is
/// estimated. Knows the parts inside by the names that expressions use.
/// </summary>
public sealed class RuleType : ISizeHints
{
    internal const string Items = "@items";
    internal const string Keys = "@keys";
    internal const string Values = "@values";

    private static readonly RuleType MapKey = new(new JSONSchemaProps { Type = "string" }, CelType.String, 2);

    internal RuleType(JSONSchemaProps schema, CelType type, long minSerializedSize)
    {
        Schema = schema;
        Type = type;
        MinSerializedSize = minSerializedSize;
    }

    /// <summary>The schema; a resource's has what is always there.</summary>
    public JSONSchemaProps Schema { get; }

    public CelType Type { get; }

    /// <summary>Characters or elements that a value has at most; 0 for what has none.</summary>
    public long MaxElements { get; internal init; }

    /// <summary>Bytes that a value takes at least as JSON.</summary>
    public long MinSerializedSize { get; }

    /// <summary>Fields of an object by their identifiers.</summary>
    public IReadOnlyDictionary<string, RuleType> Fields { get; internal init; } = new Dictionary<string, RuleType>();

    /// <summary>Names of the fields by their identifiers.</summary>
    internal IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>Of a list's items or a map's values.</summary>
    public RuleType? Element { get; internal init; }

    /// <inheritdoc/>
    public Bounds? Find(IReadOnlyList<string> path, CelType type)
    {
        var current = this;
        for (var i = 1; i < path.Count && current is not null; i++)
        {
            current = path[i] switch
            {
                Items or Values => current.Element,
                Keys => current.Type.Kind == CelKind.Map ? MapKey : null,
                var field => current.Fields.GetValueOrDefault(field),
            };
        }

        return current is null ? null : new Bounds(0, (ulong)current.MaxElements);
    }
}
