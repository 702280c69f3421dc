using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>Text; its characters are code points.</summary>
public sealed class CelString(string value) : CelValue
{
    private int _size = -1;

    public string Value { get; } = value;

    public override CelType Type => CelType.String;

    /// <summary>Number of code points.</summary>
    public override long Size => _size >= 0 ? _size : _size = CodePoints.Count(Value);

    public override bool EqualTo(CelValue other) => other is CelString text && string.Equals(text.Value, Value, StringComparison.Ordinal);
}
