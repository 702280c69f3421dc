using System.Globalization;

namespace Petrel.Cel.Values;

/// <summary>Values as text: what string() gives and errors show.</summary>
internal static class ValueText
{
    /// <summary>Text without quotes, numbers in their shortest form; a type's name for all that has no text.</summary>
    public static string Plain(CelValue value) => value switch
    {
        CelString text => text.Value,
        CelBool flag => flag.Value ? "true" : "false",
        CelInt number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelUint number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelDouble number => Double(number.Value),
        CelDuration duration => Duration(duration.Nanoseconds),
        CelTimestamp time => TimeText.Format(time),
        CelNull => "null",
        CelTypeValue type => type.Value.Name,
        _ => value.Type.Name,
    };

    /// <summary>Shortest text that reads back as the same number: Go's %g.</summary>
    public static string Double(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is < -4 or >= 6 ? Scientific(shortest) : Fixed(shortest);
    }

    /// <summary>Seconds with as many decimals as needed, e.g. <c>90s</c>, <c>1.5s</c>.</summary>
    public static string Duration(long nanoseconds) => Fixed(((double)nanoseconds / CelDuration.NanosecondsPerSecond).ToString("R", CultureInfo.InvariantCulture)) + "s";

    private static (string Sign, string Digits, int Exponent) Parts(string text)
    {
        var sign = text[0] == '-' ? "-" : "";
        text = text[sign.Length..];
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = (whole + (point < 0 ? "" : mantissa[(point + 1)..])).TrimStart('0');
        var leading = whole == "0" ? digits.Length - (point < 0 ? 0 : mantissa.Length - point - 1) : whole.Length;
        return (sign, digits.TrimEnd('0'), exponent + leading);
    }

    // The point stands after so many digits.
    private static string Fixed(string text)
    {
        var (sign, digits, point) = Parts(text);
        if (digits.Length == 0)
        {
            return "0";
        }

        return sign + (point <= 0 ? "0." + new string('0', -point) + digits
            : point >= digits.Length ? digits + new string('0', point - digits.Length)
            : digits[..point] + "." + digits[point..]);
    }

    private static string Scientific(string text)
    {
        var (sign, digits, point) = Parts(text);
        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }
}
