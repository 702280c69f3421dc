using Petrel.Cel.Costs;
using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>+ - * / % and the sign. What does not fit into the type is an error.</summary>
internal static class Arithmetic
{
    private static readonly CelError Overflow = CelError.Because("integer overflow");
    private static readonly CelError UintOverflow = CelError.Because("unsigned integer overflow");
    private static readonly CelError DivisionByZero = CelError.Because("division by zero");
    private static readonly CelError ModulusByZero = CelError.Because("modulus by zero");

    public static IReadOnlyList<CelFunction> Functions { get; } =
    [
        new(Operators.Add,
        [
            .. Numbers(static (a, b) => Fit((Int128)a + b), static (a, b) => FitUint((Int128)a + b), static (a, b) => a + b),
            TextSum(CelType.String, static (a, b) => CelValue.Of(a.Text() + b.Text())),
            TextSum(CelType.Bytes, static (a, b) => new CelBytes((byte[])[.. ((CelBytes)a).Value.Span, .. ((CelBytes)b).Value.Span])),
            new CelOverload([Overloads.ListOfA, Overloads.ListOfA], Overloads.ListOfA, static values => ((CelList)values[0]).Plus((CelList)values[1]))
            {
                Estimate = static operands => new CallEstimate(Bounds.Exactly(1), operands[0].Size + operands[1].Size),
            },
            .. Times.Sums,
        ]),
        new(Operators.Subtract,
        [
            .. Numbers(static (a, b) => Fit((Int128)a - b), static (a, b) => FitUint((Int128)a - b), static (a, b) => a - b),
            .. Times.Differences,
        ]),
        new(Operators.Multiply, [.. Numbers(static (a, b) => Fit((Int128)a * b), static (a, b) => FitUint(Math.BigMul(a, b, out var low) == 0 ? low : -1), static (a, b) => a * b)]),
        new(Operators.Divide,
        [
            .. Numbers(
                static (a, b) => b == 0 ? DivisionByZero : Fit((Int128)a / b),
                static (a, b) => b == 0 ? DivisionByZero : new CelUint(a / b),
                static (a, b) => a / b),
        ]),
        new(Operators.Modulo,
        [
            Overloads.Binary<CelInt, CelInt>(CelType.Int, CelType.Int, CelType.Int, static (a, b) => b.Value == 0 ? ModulusByZero : a.Value == long.MinValue && b.Value == -1 ? Overflow : CelValue.Of(a.Value % b.Value)),
            Overloads.Binary<CelUint, CelUint>(CelType.Uint, CelType.Uint, CelType.Uint, static (a, b) => b.Value == 0 ? ModulusByZero : new CelUint(a.Value % b.Value)),
        ]),
        new(Operators.Negate,
        [
            Overloads.Unary<CelInt>(CelType.Int, CelType.Int, static value => Fit(-(Int128)value.Value)),
            Overloads.Unary<CelDouble>(CelType.Double, CelType.Double, static value => CelValue.Of(-value.Value)),
        ]),
    ];

    private static IReadOnlyList<CelOverload> Numbers(Func<long, long, CelValue> ints, Func<ulong, ulong, CelValue> uints, Func<double, double, double> doubles) =>
    [
        Overloads.Binary<CelInt, CelInt>(CelType.Int, CelType.Int, CelType.Int, (a, b) => ints(a.Value, b.Value)),
        Overloads.Binary<CelUint, CelUint>(CelType.Uint, CelType.Uint, CelType.Uint, (a, b) => uints(a.Value, b.Value)),
        Overloads.Binary<CelDouble, CelDouble>(CelType.Double, CelType.Double, CelType.Double, (a, b) => CelValue.Of(doubles(a.Value, b.Value))),
    ];

    private static CelOverload TextSum(CelType type, Func<CelValue, CelValue, CelValue> sum) =>
        new CelOverload([type, type], type, values => values[0].Size + values[1].Size > Weights.TextMax ? Weights.TooLarge : sum(values[0], values[1])).Costing(
            static values => (long)Math.Ceiling((values[0].Size + values[1].Size) * CostRules.TextFactor),
            static operands => new CallEstimate((operands[0].Size + operands[1].Size) * CostRules.TextFactor, operands[0].Size + operands[1].Size));

    private static CelValue Fit(Int128 value) => value < long.MinValue || value > long.MaxValue ? Overflow : CelValue.Of((long)value);

    private static CelValue FitUint(Int128 value) => value < 0 || value > ulong.MaxValue ? UintOverflow : new CelUint((ulong)value);
}
