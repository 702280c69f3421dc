using Petrel.Cel.Costs;
using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>== != &lt; &lt;= &gt; &gt;= and in. Numbers of different types compare by amount.</summary>
internal static class Comparisons
{
    private static readonly CelType[] Numeric = [CelType.Int, CelType.Uint, CelType.Double];

    public static IReadOnlyList<CelFunction> Functions { get; } =
    [
        new(Operators.Equal, [Smaller(Overloads.A, Overloads.A, static (a, b) => CelValue.Of(a.EqualTo(b)))]),
        new(Operators.NotEqual, [Smaller(Overloads.A, Overloads.A, static (a, b) => CelValue.Of(!a.EqualTo(b)))]),
        Order(Operators.Less, static order => order < 0),
        Order(Operators.LessOrEqual, static order => order <= 0),
        Order(Operators.Greater, static order => order > 0),
        Order(Operators.GreaterOrEqual, static order => order >= 0),
        new(Operators.In,
        [
            Overloads.Binary<CelValue, CelList>(Overloads.A, Overloads.ListOfA, CelType.Bool, static (value, list) => CelValue.Of(list.Contains(value)))
                .Costing(static values => values[1].Size, static operands => new CallEstimate(operands[1].Size)),
            Overloads.Binary<CelValue, CelMap>(Overloads.A, Overloads.MapOfAB, CelType.Bool, static (key, map) => CelValue.Of(map.TryGet(key, out _))),
        ]),
    ];

    /// <summary>Order of two values of one type or of two numbers; null when they have none.</summary>
    public static int? TryOrder(CelValue left, CelValue right) => (left, right) switch
    {
        (CelString a, CelString b) => CodePoints.Compare(a.Value, b.Value),
        (CelBytes a, CelBytes b) => a.Value.Span.SequenceCompareTo(b.Value.Span),
        (CelBool a, CelBool b) => a.Value.CompareTo(b.Value),
        (CelTimestamp a, CelTimestamp b) => a.CompareTo(b),
        (CelDuration a, CelDuration b) => a.Nanoseconds.CompareTo(b.Nanoseconds),
        _ => NumberOrder.TryCompare(left, right, out var order) ? order : null,
    };

    private static CelFunction Order(string name, Func<int, bool> holds)
    {
        CelValue Compare(CelValue left, CelValue right) => TryOrder(left, right) is { } order ? CelValue.Of(holds(order))
            : left is CelDouble || right is CelDouble ? CelBool.False
            : CelError.NoSuchOverload;

        var single = new[] { CelType.Bool, CelType.Timestamp, CelType.Duration }.Select(type => Overloads.Binary<CelValue, CelValue>(type, type, CelType.Bool, Compare));
        var sized = new[] { CelType.String, CelType.Bytes }.Select(type => Smaller(type, type, Compare));
        var numbers = Numeric.SelectMany(left => Numeric.Select(right => Overloads.Binary<CelValue, CelValue>(left, right, CelType.Bool, Compare)));
        return new CelFunction(name, [.. single, .. sized, .. numbers]);
    }

    // Costs as much as going through the smaller of the two.
    private static CelOverload Smaller(CelType left, CelType right, Func<CelValue, CelValue, CelValue> evaluate) =>
        Overloads.Binary(left, right, CelType.Bool, evaluate).Costing(
            static values => (long)Math.Ceiling(Math.Min(values[0].Size, values[1].Size) * CostRules.TextFactor),
            static operands =>
            {
                var max = Math.Min(operands[0].Size.Max, operands[1].Size.Max);
                return new CallEstimate(new Bounds(max > 0 ? 1UL : 0, max) * CostRules.TextFactor);
            });
}
