using Petrel.Cel;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Api.Expressions;

/// <summary>quantity('1Gi'), isQuantity(), and arithmetic and comparison of quantities.</summary>
public static class QuantityLibrary
{
    private static readonly CelType QuantityType = CelType.Opaque("kubernetes.Quantity");

    /// <summary>The type of a quantity.</summary>
    public static CelType Type => QuantityType;

    public static CelLibrary Instance { get; } = new(
        "quantity",
        [
            new CelFunction("quantity", [OfText(QuantityType, static text => Quantity.TryParse(text, out var quantity, out var error) ? new QuantityValue(quantity) : CelError.Because(error))]),
            new CelFunction("isQuantity", [OfText(CelType.Bool, static text => CelValue.Of(Quantity.TryParse(text, out _)))]),
            Method("sign", CelType.Int, static quantity => CelValue.Of((long)quantity.Sign)),
            Method("isInteger", CelType.Bool, static quantity => CelValue.Of(quantity.IsInt64)),
            Method("asInteger", CelType.Int, static quantity => quantity.IsInt64 ? CelValue.Of(quantity.Value) : CelError.Because("cannot convert value to integer")),
            Method("asApproximateFloat", CelType.Double, static quantity => CelValue.Of(quantity.ToDouble())),
            new CelFunction("add", [WithQuantity(QuantityType, static (a, b) => new QuantityValue(a + b)), WithNumber(static (a, b) => new QuantityValue(a + b))]),
            new CelFunction("sub", [WithQuantity(QuantityType, static (a, b) => new QuantityValue(a - b)), WithNumber(static (a, b) => new QuantityValue(a - b))]),
            new CelFunction("isLessThan", [WithQuantity(CelType.Bool, static (a, b) => CelValue.Of(a < b))]),
            new CelFunction("isGreaterThan", [WithQuantity(CelType.Bool, static (a, b) => CelValue.Of(a > b))]),
            new CelFunction("compareTo", [WithQuantity(CelType.Int, static (a, b) => CelValue.Of((long)a.CompareTo(b)))]),
        ])
    {
        Types = [QuantityType],
    };

    private static CelOverload OfText(CelType result, Func<string, CelValue> evaluate) => new([CelType.String], result, values => evaluate(((CelString)values[0]).Value))
    {
        Cost = static values => CostRules.Text(values[0]),
        Estimate = static operands => new CallEstimate(operands[0].Size * CostRules.TextFactor),
    };

    private static CelFunction Method(string name, CelType result, Func<Quantity, CelValue> evaluate) =>
        new(name, [new CelOverload([QuantityType], result, values => evaluate(((QuantityValue)values[0]).Value)) { IsMethod = true }]);

    private static CelOverload WithQuantity(CelType result, Func<Quantity, Quantity, CelValue> evaluate) =>
        new([QuantityType, QuantityType], result, values => evaluate(((QuantityValue)values[0]).Value, ((QuantityValue)values[1]).Value)) { IsMethod = true };

    private static CelOverload WithNumber(Func<Quantity, Quantity, CelValue> evaluate) =>
        new([QuantityType, CelType.Int], QuantityType, values => evaluate(((QuantityValue)values[0]).Value, new Quantity(((CelInt)values[1]).Value))) { IsMethod = true };

    private sealed class QuantityValue(Quantity value) : CelOpaque
    {
        public Quantity Value { get; } = value;

        public override CelType Type => QuantityType;

        public override bool EqualTo(CelValue other) => other is QuantityValue quantity && quantity.Value == Value;
    }
}
