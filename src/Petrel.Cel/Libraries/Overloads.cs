using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Short ways to declare overloads.</summary>
internal static class Overloads
{
    public static CelType A { get; } = CelType.Parameter("A");

    public static CelType B { get; } = CelType.Parameter("B");

    public static CelType ListOfA { get; } = CelType.List(A);

    public static CelType MapOfAB { get; } = CelType.Map(A, B);

    public static CelType Strings { get; } = CelType.List(CelType.String);

    public static CelOverload Unary<T>(CelType parameter, CelType result, Func<T, CelValue> evaluate) where T : CelValue =>
        new([parameter], result, values => evaluate((T)values[0]));

    public static CelOverload Binary<TLeft, TRight>(CelType left, CelType right, CelType result, Func<TLeft, TRight, CelValue> evaluate)
        where TLeft : CelValue
        where TRight : CelValue =>
        new([left, right], result, values => evaluate((TLeft)values[0], (TRight)values[1]));

    public static CelOverload Method(this CelOverload overload) => overload with { IsMethod = true };

    public static CelOverload Costing(this CelOverload overload, Func<IReadOnlyList<CelValue>, long> cost, Func<IReadOnlyList<SizedOperand>, CallEstimate> estimate) =>
        overload with { Cost = cost, Estimate = estimate };

    /// <summary>Costs one way through the text of the first argument.</summary>
    public static CelOverload CostingText(this CelOverload overload, Func<Bounds, Bounds>? resultSize = null) => overload.Costing(
        static values => CostRules.Text(values[0]),
        operands => new CallEstimate(operands[0].Size * CostRules.TextFactor, resultSize?.Invoke(operands[0].Size)));

    public static string Text(this CelValue value) => ((CelString)value).Value;

    public static long Whole(this CelValue value) => ((CelInt)value).Value;
}
