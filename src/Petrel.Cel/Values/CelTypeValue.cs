using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A type as a value: what type(x) gives and the names of types stand for.</summary>
public sealed class CelTypeValue(CelType value) : CelValue
{
    public CelType Value { get; } = value;

    public override CelType Type => CelType.Type;

    /// <summary>Types are the same when their names are: list(int) and list(string) are both list.</summary>
    public override bool EqualTo(CelValue other) => other is CelTypeValue type && type.Value.Name == Value.Name;
}
