using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Kubernetes' find and findAll.</summary>
public static class RegexLibrary
{
    public static CelLibrary Instance { get; } = new(
        "regex",
        [
            new CelFunction("find", [Costing(new CelOverload([CelType.String, CelType.String], CelType.String, static values => Find(values[0].Text(), values[1].Text())), static text => new Bounds(0, text.Max))]),
            new CelFunction("findAll",
            [
                Costing(new CelOverload([CelType.String, CelType.String], Overloads.Strings, static values => FindAll(values[0].Text(), values[1].Text(), -1)), static text => new Bounds(0, text.Max)),
                Costing(new CelOverload([CelType.String, CelType.String, CelType.Int], Overloads.Strings, static values => FindAll(values[0].Text(), values[1].Text(), values[2].Whole())), static text => new Bounds(0, text.Max)),
            ]),
        ]);

    private static CelOverload Costing(CelOverload overload, Func<Bounds, Bounds> resultSize) => overload.Method().Costing(
        static values => CostRules.Pattern(values[0], values[1]),
        operands => CostRules.PatternEstimate(operands) with { ResultSize = resultSize(operands[0].Size) });

    private static CelValue Find(string text, string pattern) => RegexCache.Get(pattern) switch
    {
        { Error: { } error } => CelError.Because("Illegal regex: " + error),
        var compiled => CelValue.Of(compiled.Regex!.Match(text).Value),
    };

    private static CelValue FindAll(string text, string pattern, long count)
    {
        if (RegexCache.Get(pattern) is { Error: { } error })
        {
            return CelError.Because("Illegal regex: " + error);
        }

        var found = new List<CelValue>();
        foreach (var match in RegexCache.Get(pattern).Regex!.EnumerateMatches(text))
        {
            if (count >= 0 && found.Count >= count)
            {
                break;
            }

            found.Add(CelValue.Of(text.Substring(match.Index, match.Length)));
        }

        return new CelArray(found);
    }
}
