using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A number of type double.</summary>
public sealed class CelDouble(double value) : CelValue
{
    public double Value { get; } = value;

    public override CelType Type => CelType.Double;

    public override bool EqualTo(CelValue other) => NumberOrder.TryCompare(this, other, out var order) && order == 0;
}
