using System.Globalization;

namespace Petrel.Api.Json;

/// <summary>
/// Writes doubles as the API does: the fewest digits that read back as the same number, with an exponent only below 1e-6 and
/// from 1e21 on.
/// </summary>
internal static class RealText
{
    public static string Format(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < 1e15 && magnitude == Math.Truncate(magnitude))
        {
            return double.IsNegative(value) && value == 0 ? "-0" : ((long)value).ToString(CultureInfo.InvariantCulture);
        }

        var (digits, exponent) = Split(magnitude.ToString("R", CultureInfo.InvariantCulture));
        var text = magnitude is < 1e-6 or >= 1e21 ? Scientific(digits, exponent) : Plain(digits, exponent);
        return value < 0 ? "-" + text : text;
    }

    /// <summary>As Go's formats and YAML write doubles: an exponent of two digits below 1e-4 and from a power of ten on.</summary>
    /// <param name="exponentMin">That power of ten: YAML's is the usual one.</param>
    public static string FormatGeneral(double value, int exponentMin = 21)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is 0 or >= 1e-4 && magnitude < Math.Pow(10, exponentMin))
        {
            return Format(value);
        }

        var (digits, exponent) = Split(magnitude.ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : string.Empty) + Scientific(digits, exponent, exponentDigits: 2);
    }

    // The significant digits, and the power of ten of the first of them.
    private static (string Digits, int Exponent) Split(string shortest)
    {
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var all = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        exponent -= all.Length - digits.Length;
        return (digits.TrimEnd('0'), exponent);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : string.Concat(digits.AsSpan(0, exponent + 1), ".", digits.AsSpan(exponent + 1));
    }

    private static string Scientific(string digits, int exponent, int exponentDigits = 1)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : string.Empty;
        var power = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(exponentDigits, '0');
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
    }
}
