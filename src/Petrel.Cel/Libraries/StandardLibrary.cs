using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>What the language itself has: operators, conversions, sizes, times.</summary>
public static class StandardLibrary
{
    public static CelLibrary Instance { get; } = new(
        "standard",
        [
            .. Arithmetic.Functions,
            .. Comparisons.Functions,
            .. Conversions.Functions,
            .. Times.Functions,
            new CelFunction(Operators.And, [new CelOverload([CelType.Bool, CelType.Bool], CelType.Bool, Lazy)]),
            new CelFunction(Operators.Or, [new CelOverload([CelType.Bool, CelType.Bool], CelType.Bool, Lazy)]),
            new CelFunction(Operators.Conditional, [new CelOverload([CelType.Bool, Overloads.A, Overloads.A], Overloads.A, Lazy)]),
            new CelFunction(Operators.NotStrictlyFalse, [new CelOverload([CelType.Bool], CelType.Bool, Lazy)]),
            new CelFunction(Operators.Not, [Overloads.Unary<CelBool>(CelType.Bool, CelType.Bool, static value => CelValue.Of(!value.Value))]),
            new CelFunction(
                Operators.Index,
                [
                    new CelOverload([Overloads.ListOfA, CelType.Int], Overloads.A, Lazy),
                    new CelOverload([Overloads.MapOfAB, Overloads.A], Overloads.B, Lazy),
                ]),
            new CelFunction(
                Operators.MapInsert,
                [
                    new CelOverload([Overloads.MapOfAB, Overloads.A, Overloads.B], Overloads.MapOfAB, Lazy),
                    new CelOverload([Overloads.MapOfAB, Overloads.MapOfAB], Overloads.MapOfAB, Lazy),
                ]),
            .. Sizes(),
            .. Texts(),
        ])
    {
        Macros = StandardMacros.List,
    };

    // The planner gives these steps of their own, which decide what to evaluate.
    private static CelValue Lazy(IReadOnlyList<CelValue> values) => throw new InvalidOperationException("evaluated by a step of its own");

    private static IEnumerable<CelFunction> Sizes()
    {
        CelOverload[] overloads =
        [
            .. new[] { CelType.String, CelType.Bytes, Overloads.ListOfA, Overloads.MapOfAB }
                .Select(static type => Overloads.Unary<CelValue>(type, CelType.Int, static value => CelValue.Of(value.Size))),
        ];
        yield return new CelFunction("size", [.. overloads, .. overloads.Select(Overloads.Method)]);
    }

    private static IEnumerable<CelFunction> Texts()
    {
        yield return Predicate("startsWith", static (text, part) => text.StartsWith(part, StringComparison.Ordinal));
        yield return Predicate("endsWith", static (text, part) => text.EndsWith(part, StringComparison.Ordinal));
        yield return new CelFunction("contains",
        [
            Overloads.Binary<CelString, CelString>(CelType.String, CelType.String, CelType.Bool, static (text, part) => CelValue.Of(text.Value.Contains(part.Value, StringComparison.Ordinal)))
                .Method()
                .Costing(
                    static values => Costs.CostRules.Product(Costs.CostRules.Text(values[0]), Costs.CostRules.Text(values[1])),
                    static operands => new Costs.CallEstimate(operands[0].Size * Costs.CostRules.TextFactor * (operands[1].Size * Costs.CostRules.TextFactor))),
        ]);
        var matches = Overloads.Binary<CelString, CelString>(CelType.String, CelType.String, CelType.Bool, static (text, pattern) =>
                RegexCache.Get(pattern.Value) is { Error: { } error } ? CelError.Because(error) : CelValue.Of(RegexCache.Get(pattern.Value).Regex!.IsMatch(text.Value)))
            .Costing(static values => Costs.CostRules.Pattern(values[0], values[1]), Costs.CostRules.PatternEstimate);
        yield return new CelFunction("matches", [matches, matches.Method()]);
    }

    private static CelFunction Predicate(string name, Func<string, string, bool> holds) => new(
        name,
        [Overloads.Binary<CelString, CelString>(CelType.String, CelType.String, CelType.Bool, (text, part) => CelValue.Of(holds(text.Value, part.Value))).Method().CostingText()]);
}
