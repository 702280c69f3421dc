using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Meta;

namespace Petrel.Api.Selectors;

/// <summary>A label selector, from its query form (<c>a=b,c in (d,e),!f</c>) or from a LabelSelector object.</summary>
public sealed class LabelSelectorExpression
{
    private LabelSelectorExpression(IReadOnlyList<LabelRequirement> requirements, bool matchesNothing = false)
    {
        Requirements = requirements;
        MatchesNothing = matchesNothing;
    }

    /// <summary>Matches every object.</summary>
    public static LabelSelectorExpression Everything { get; } = new([]);

    /// <summary>Matches no object: what a null LabelSelector stands for.</summary>
    public static LabelSelectorExpression Nothing { get; } = new([], matchesNothing: true);

    public IReadOnlyList<LabelRequirement> Requirements { get; }

    public bool MatchesNothing { get; }

    /// <summary>Matches everything.</summary>
    public bool IsEmpty => Requirements.Count == 0 && !MatchesNothing;

    /// <summary>Parses the query form. The error is upstream's.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelectorExpression? selector, [NotNullWhen(false)] out string? error)
    {
        selector = null;
        var parser = new LabelSelectorParser(text);
        error = parser.Parse(out var requirements);
        if (error is not null)
        {
            return false;
        }

        selector = requirements.Count == 0 ? Everything : new LabelSelectorExpression(requirements);
        return true;
    }

    /// <summary>The selector of a LabelSelector object: null matches nothing, an empty one everything.</summary>
    /// <exception cref="FormatException">An operator does not exist (validation refuses such objects).</exception>
    public static LabelSelectorExpression From(LabelSelector? selector)
    {
        if (selector is null)
        {
            return Nothing;
        }

        var requirements = new List<LabelRequirement>();
        foreach (var (key, value) in selector.MatchLabels)
        {
            requirements.Add(new LabelRequirement(key, LabelOperator.In, [value]));
        }

        foreach (var expression in selector.MatchExpressions)
        {
            requirements.Add(new LabelRequirement(expression.Key, OperatorOf(expression.Operator), expression.Values));
        }

        return new LabelSelectorExpression(requirements);
    }

    /// <summary>Every label has exactly the given value (services, node selectors).</summary>
    public static LabelSelectorExpression FromLabels(ApiMap<string> labels)
    {
        var requirements = new List<LabelRequirement>();
        foreach (var (key, value) in labels)
        {
            requirements.Add(new LabelRequirement(key, LabelOperator.In, [value]));
        }

        return new LabelSelectorExpression(requirements);
    }

    public bool Matches(ApiMap<string> labels)
    {
        if (MatchesNothing)
        {
            return false;
        }

        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The canonical query form: requirements and values sorted.</summary>
    public override string ToString() => string.Join(",", Requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).Select(Print));

    private static string Print(LabelRequirement requirement)
    {
        var values = string.Join(",", requirement.Values.Order(StringComparer.Ordinal));
        return requirement.Operator switch
        {
            LabelOperator.In when requirement.Values.Count == 1 => $"{requirement.Key}={values}",
            LabelOperator.In => $"{requirement.Key} in ({values})",
            LabelOperator.NotIn when requirement.Values.Count == 1 => $"{requirement.Key}!={values}",
            LabelOperator.NotIn => $"{requirement.Key} notin ({values})",
            LabelOperator.Exists => requirement.Key,
            LabelOperator.DoesNotExist => "!" + requirement.Key,
            LabelOperator.GreaterThan => $"{requirement.Key}>{values}",
            _ => $"{requirement.Key}<{values}",
        };
    }

    private static LabelOperator OperatorOf(string name) => name switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        _ => throw new FormatException($"\"{name}\" is not a valid label selector operator"),
    };
}
