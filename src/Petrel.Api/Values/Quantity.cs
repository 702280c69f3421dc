using System.Diagnostics.CodeAnalysis;

namespace Petrel.Api;

/// <summary>
/// An amount of a resource: a decimal number with an optional suffix (<c>500m</c>, <c>1Gi</c>, <c>2e3</c>), exact to a
/// billionth. The default value is zero. Two quantities are equal when their amounts are, however they are written.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    // What the API says when a quantity does not fit the grammar.
    internal const string FormatError = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    internal const string SuffixError = "unable to parse quantity's suffix";

    /// <summary>The finest scale a quantity keeps: 10^-9.</summary>
    internal const int NanoScale = -9;

    // The text as it was written, kept where it is the form to be written again; null: the canonical form is computed.
    private readonly string? _text;

    internal Quantity(DecimalAmount amount, QuantityFormat format, string? text = null)
    {
        Amount = amount;
        Format = format;
        _text = text;
    }

    /// <summary>A whole amount.</summary>
    public Quantity(long value, QuantityFormat format = QuantityFormat.DecimalSI)
        : this(new DecimalAmount(value, 0), format)
    {
    }

    public static Quantity Zero => default;

    public QuantityFormat Format { get; }

    internal DecimalAmount Amount { get; }

    /// <summary>The text as it was written; empty where the canonical form is computed.</summary>
    internal string WrittenText => _text ?? "";

    public bool IsZero => Amount.Sign == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Amount.Sign;

    /// <summary>The amount as a whole number, rounded away from zero; amounts out of range give the nearest long.</summary>
    public long Value => Amount.ToInt64(0);

    /// <summary>The amount in thousandths, rounded away from zero; amounts out of range give the nearest long.</summary>
    public long MilliValue => Amount.ToInt64(-3);

    /// <summary>True when the amount is a whole number that fits a long.</summary>
    public bool IsInt64 => Amount.IsInt64;

    /// <summary>The nearest double.</summary>
    public double ToDouble() => Amount.ToDouble();

    /// <summary>An amount of thousandths: 1500 is <c>1500m</c>.</summary>
    public static Quantity FromMilli(long thousandths, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new(new DecimalAmount(thousandths, -3), format);

    /// <summary>Parses text that is known to be well formed.</summary>
    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static Quantity Parse(string text) =>
        TryParse(text, out var quantity, out var error) ? quantity : throw new FormatException($"{error}: '{text}'");

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity) => TryParse(text, out quantity, out _);

    /// <summary>Parses a quantity; <paramref name="error"/> is what the API reports when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity, [NotNullWhen(false)] out string? error) =>
        QuantityParser.TryParse(text, out quantity, out error);

    /// <summary>The sum, in this quantity's format; a zero takes the other's.</summary>
    public Quantity Add(Quantity other) => new(Amount.Add(other.Amount), IsZero ? other.Format : Format);

    /// <summary>The difference, in this quantity's format; a zero takes the other's.</summary>
    public Quantity Subtract(Quantity other) => new(Amount.Add(other.Amount.Negate()), IsZero ? other.Format : Format);

    public Quantity Negate() => new(Amount.Negate(), Format);

    /// <summary>The amount times a whole number.</summary>
    public Quantity Multiply(long factor) => new(Amount.Multiply(factor), Format);

    /// <summary>The amount rounded away from zero to a multiple of 10^<paramref name="scale"/>; the text stays when nothing is lost.</summary>
    public Quantity RoundUp(int scale) =>
        Amount.Scale >= scale ? this : new Quantity(Amount.RoundUp(scale), Format);

    public int CompareTo(Quantity other) => Amount.CompareTo(other.Amount);

    public bool Equals(Quantity other) => Amount.CompareTo(other.Amount) == 0;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() => Amount.GetHashCode();

    /// <summary>What is serialised: no fraction digits, the largest suffix that loses nothing.</summary>
    public override string ToString() => _text ?? QuantityText.Format(Amount, Format);

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    public static Quantity operator +(Quantity left, Quantity right) => left.Add(right);

    public static Quantity operator -(Quantity left, Quantity right) => left.Subtract(right);

    public static Quantity operator -(Quantity quantity) => quantity.Negate();
}
