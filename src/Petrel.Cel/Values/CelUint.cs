using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A number of type uint.</summary>
public sealed class CelUint(ulong value) : CelValue
{
    public ulong Value { get; } = value;

    public override CelType Type => CelType.Uint;

    public override bool EqualTo(CelValue other) => NumberOrder.TryCompare(this, other, out var order) && order == 0;
}
