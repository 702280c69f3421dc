using System.Globalization;
using System.Text;

namespace Petrel.Api.Json;

/// <summary>
/// A JSON number as the API keeps it: a long where it is written as one and fits, a double otherwise. An integer and a double
/// of the same amount are different values.
/// </summary>
public sealed class JsonNumber : JsonTree
{
    private readonly long _integer;
    private readonly double _real;

    public JsonNumber(long value)
    {
        IsInteger = true;
        _integer = value;
    }

    /// <exception cref="ArgumentException">The number is not finite: JSON has no such number.</exception>
    public JsonNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("JSON numbers are finite", nameof(value));
        }

        _real = value;
    }

    public bool IsInteger { get; }

    /// <summary>The amount as long; a double is cut towards zero.</summary>
    public long Integer => IsInteger ? _integer : (long)_real;

    public double Real => IsInteger ? _integer : _real;

    public override bool Equals(JsonTree? other) =>
        other is JsonNumber number && number.IsInteger == IsInteger && (IsInteger ? number._integer == _integer : number._real.Equals(_real));

    public override int GetHashCode() => IsInteger ? _integer.GetHashCode() : _real.GetHashCode();

    /// <summary>Longest text of a number.</summary>
    internal const int MaxLength = 32;

    /// <summary>Writes at most <see cref="MaxLength"/> bytes and returns how many.</summary>
    internal int Format(Span<byte> utf8)
    {
        if (IsInteger)
        {
            _integer.TryFormat(utf8, out var written, default, CultureInfo.InvariantCulture);
            return written;
        }

        return Encoding.ASCII.GetBytes(RealText.Format(_real), utf8);
    }
}
