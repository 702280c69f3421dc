using System.Globalization;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>What the rules of a schema may cost by estimate, and the sum of what they do.</summary>
internal sealed class RuleCosts
{
    /// <summary>What all evaluations of one rule about one object may cost.</summary>
    public const ulong RuleMax = 10_000_000;

    /// <summary>What all rules of one schema may cost together.</summary>
    public const ulong SchemaMax = 100_000_000;

    // So many rules are named when the sum is too high.
    private const int NamedMax = 4;

    private readonly List<(FieldPath Path, ulong Cost)> _most = [];
    private ulong _total;

    public void Add(FieldPath path, ulong cost)
    {
        _total = cost > ulong.MaxValue - _total ? ulong.MaxValue : _total + cost;
        var place = _most.FindIndex(entry => entry.Cost < cost);
        _most.Insert(place < 0 ? _most.Count : place, (path, cost));
        if (_most.Count > NamedMax)
        {
            _most.RemoveAt(NamedMax);
        }
    }

    /// <summary>Notes that the sum is too high, where it is.</summary>
    public void CheckTotal(FieldPath schema, FieldErrors errors)
    {
        if (_total <= SchemaMax)
        {
            return;
        }

        foreach (var (path, _) in _most)
        {
            errors.Forbidden(path, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema");
        }

        errors.Forbidden(schema, Exceeds("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", _total, SchemaMax));
    }

    /// <summary>Cost of a rule that is evaluated so many times.</summary>
    public static ulong Times(ulong cost, ulong times) => cost != 0 && ulong.MaxValue / cost < times ? ulong.MaxValue : cost * times;

    public static string Exceeds(string what, ulong cost, ulong max)
    {
        var factor = (double)cost / max;
        var text = factor switch
        {
            > 100 => "more than 100x",

            // One digit would make it "1.0x".
            < 1.5 => string.Create(CultureInfo.InvariantCulture, $"{factor:F6}x"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{factor:F1}x"),
        };
        return $"{what} exceeds budget by factor of {text} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }
}
