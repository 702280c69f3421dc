using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A value that may be missing.</summary>
public sealed class CelOptional : CelOpaque
{
    private static readonly CelType OptionalType = CelType.Optional(CelType.Dyn);

    private CelOptional(CelValue? value) => Value = value;

    public static CelOptional None { get; } = new(null);

    /// <summary>Null when there is none.</summary>
    public CelValue? Value { get; }

    public override CelType Type => OptionalType;

    public static CelOptional Of(CelValue value) => new(value);

    public override bool EqualTo(CelValue other) =>
        other is CelOptional optional && (Value is null ? optional.Value is null : optional.Value is not null && Value.EqualTo(optional.Value));
}
