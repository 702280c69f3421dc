using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>Bytes.</summary>
public sealed class CelBytes(ReadOnlyMemory<byte> value) : CelValue
{
    public ReadOnlyMemory<byte> Value { get; } = value;

    public override CelType Type => CelType.Bytes;

    public override long Size => Value.Length;

    public override bool EqualTo(CelValue other) => other is CelBytes bytes && bytes.Value.Span.SequenceEqual(Value.Span);
}
