using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A number of type int.</summary>
public sealed class CelInt(long value) : CelValue
{
    public long Value { get; } = value;

    public override CelType Type => CelType.Int;

    public override bool EqualTo(CelValue other) => NumberOrder.TryCompare(this, other, out var order) && order == 0;
}
