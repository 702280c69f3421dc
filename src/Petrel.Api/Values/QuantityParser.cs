using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Petrel.Api;

/// <summary>
/// Reads the quantity grammar <c>sign? digits (. digits)? suffix?</c> as leniently as the API does: a missing number is
/// zero, leading zeros and a trailing point are allowed.
/// </summary>
internal static class QuantityParser
{
    /// <summary>Longest text read: far above any sensible amount, far below what makes exact arithmetic slow.</summary>
    private const int MaxLength = 1024;

    /// <summary>Largest decimal exponent in either direction: exact sums of such amounts stay cheap.</summary>
    private const int MaxExponent = 4096;

    // Up to this many digits a number is kept as written where that is its canonical form; longer ones are normalised.
    private const int MaxPlainDigits = 18;

    // Binary amounts are capped at the largest long, as they count bytes.
    private static readonly DecimalAmount MaxBinary = new(long.MaxValue, 0);
    private static readonly DecimalAmount One = new(1, 0);

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity, [NotNullWhen(false)] out string? error)
    {
        quantity = default;
        error = null;
        if (text.Length is 0 or > MaxLength || !TrySplit(text, out var parts))
        {
            error = Quantity.FormatError;
            return false;
        }

        if (!QuantitySuffix.TryParse(text[parts.FractionEnd..], out var suffix) || Math.Abs(suffix.Exponent) > MaxExponent)
        {
            error = Quantity.SuffixError;
            return false;
        }

        quantity = suffix.Format == QuantityFormat.BinarySI ? Binary(text, parts, suffix) : Decimal(text, parts, suffix);
        return true;
    }

    private static Quantity Decimal(ReadOnlySpan<char> text, Parts parts, QuantitySuffix suffix)
    {
        var scale = suffix.Exponent - parts.FractionDigits;
        var amount = Amount(text, parts, scale);
        if (scale < Quantity.NanoScale || parts.WholeDigits + parts.FractionDigits > MaxPlainDigits)
        {
            return new Quantity(amount.RoundUp(Quantity.NanoScale), suffix.Format);
        }

        var asWritten = scale % 3 == 0 && parts.WholeDigits > 0 && !EndsInThreeZeros(text, parts);
        return new Quantity(amount, suffix.Format, asWritten ? text.ToString() : null);
    }

    private static Quantity Binary(ReadOnlySpan<char> text, Parts parts, QuantitySuffix suffix)
    {
        var number = Amount(text, parts, -parts.FractionDigits);
        if (parts.FractionDigits == 0 && 14 - parts.WholeDigits - (suffix.Exponent * 3 / 10) >= 0)
        {
            return new Quantity(number.Multiply(1L << suffix.Exponent), suffix.Format, number.IsMultipleOfEight ? null : text.ToString());
        }

        var amount = number.Multiply(1L << suffix.Exponent).RoundUp(Quantity.NanoScale);
        amount = amount.CompareTo(MaxBinary) > 0 ? MaxBinary : amount.CompareTo(MaxBinary.Negate()) < 0 ? MaxBinary.Negate() : amount;
        var belowOne = amount.CompareTo(One) < 0 && amount.CompareTo(One.Negate()) > 0;
        return new Quantity(amount, belowOne ? QuantityFormat.DecimalSI : suffix.Format);
    }

    private static DecimalAmount Amount(ReadOnlySpan<char> text, Parts parts, int scale)
    {
        var whole = text[parts.WholeStart..parts.WholeEnd];
        var fraction = text.Slice(parts.FractionStart, parts.FractionDigits);
        if (whole.Length + fraction.Length > MaxPlainDigits)
        {
            var big = BigInteger.Parse(string.Concat(whole, fraction), CultureInfo.InvariantCulture);
            return new DecimalAmount(parts.Negative ? -big : big, scale);
        }

        var number = 0L;
        foreach (var digit in whole)
        {
            number = (number * 10) + (digit - '0');
        }

        foreach (var digit in fraction)
        {
            number = (number * 10) + (digit - '0');
        }

        return new DecimalAmount(parts.Negative ? -number : number, scale);
    }

    // The digits before and behind the point count as one row.
    private static bool EndsInThreeZeros(ReadOnlySpan<char> text, Parts parts)
    {
        var zeros = 0;
        for (var i = parts.FractionEnd - 1; i >= parts.WholeStart && zeros < 3 && text[i] is '0' or '.'; i--)
        {
            zeros += text[i] == '0' ? 1 : 0;
        }

        return zeros == 3;
    }

    private static bool TrySplit(ReadOnlySpan<char> text, out Parts parts)
    {
        var negative = text[0] == '-';
        var position = text[0] is '-' or '+' ? 1 : 0;
        position += CountWhile(text[position..], static c => c == '0');
        var wholeStart = position;
        position += CountDigits(text[position..]);
        var wholeEnd = position;
        if (position < text.Length && text[position] == '.')
        {
            position++;
        }

        var fractionStart = position;
        if (fractionStart > wholeEnd)
        {
            position += CountDigits(text[position..]);
        }

        parts = new Parts(negative, wholeStart, wholeEnd, fractionStart, position);
        position += CountWhile(text[position..], static c => "eEinumkKMGTP".Contains(c, StringComparison.Ordinal));
        if (position < text.Length && text[position] is '-' or '+')
        {
            position++;
        }

        position += CountDigits(text[position..]);
        return position == text.Length;
    }

    private static int CountDigits(ReadOnlySpan<char> text) => CountWhile(text, char.IsAsciiDigit);

    private static int CountWhile(ReadOnlySpan<char> text, Func<char, bool> matches)
    {
        var count = 0;
        while (count < text.Length && matches(text[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Where the parts of the text lie; the suffix begins where the fraction ends.</summary>
    private readonly record struct Parts(bool Negative, int WholeStart, int WholeEnd, int FractionStart, int FractionEnd)
    {
        public int WholeDigits => WholeEnd - WholeStart;

        public int FractionDigits => FractionEnd - FractionStart;
    }
}
