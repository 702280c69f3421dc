using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>true or false.</summary>
public sealed class CelBool : CelValue
{
    private CelBool(bool value) => Value = value;

    public static CelBool True { get; } = new(true);

    public static CelBool False { get; } = new(false);

    public bool Value { get; }

    public override CelType Type => CelType.Bool;

    public override bool EqualTo(CelValue other) => ReferenceEquals(this, other);
}
