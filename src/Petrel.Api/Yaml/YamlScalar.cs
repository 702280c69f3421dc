using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Petrel.Api.Yaml;

/// <summary>Finds the value of a scalar by the YAML 1.1 rules that the API follows: null, bool, long, ulong, double or string.</summary>
internal static partial class YamlScalar
{
    /// <summary>The value of a node, by its tag or, without quotes, by its text.</summary>
    public static object? Resolve(YamlNode node)
    {
        if (node.Tag.Length == 0)
        {
            return node.IsPlain ? Resolve(node.Value) : node.Value;
        }

        return node.Tag switch
        {
            "!!str" => node.Value,
            "!!binary" => Binary(node.Value),
            "!!null" or "!!bool" or "!!int" or "!!float" or "!!timestamp" => Tagged(node.Tag, node.Value),
            _ => node.Value,
        };
    }

    /// <summary>The value that the text has without quotes.</summary>
    public static object? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return true;
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return false;
            case ".nan" or ".NaN" or ".NAN":
                return double.NaN;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return double.PositiveInfinity;
            case "-.inf" or "-.Inf" or "-.INF":
                return double.NegativeInfinity;
            default:
                return text[0] is '.' or '+' or '-' || char.IsAsciiDigit(text[0]) ? Number(text) ?? text : text;
        }
    }

    /// <summary>True when the text without quotes means that very string to every reader of YAML 1.1.</summary>
    public static bool IsPlainString(string text) =>
        Resolve(text) is string && text != "<<" && !SexagesimalPattern().IsMatch(text) && !IsTimestamp(text);

    private static object? Number(string text)
    {
        if (text[0] == '.')
        {
            return Real(text);
        }

        if (IsTimestamp(text))
        {
            return null;
        }

        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        return TryInteger(plain, out var integer) ? integer : RealPattern().IsMatch(plain) ? Real(plain) : null;
    }

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    // Bases as in C: 0x, 0o, 0b, and a leading zero for octal. Beyond the range of long, numbers without a sign may be ulong.
    private static bool TryInteger(string text, [NotNullWhen(true)] out object? number)
    {
        number = null;
        var signed = text[0] is '+' or '-';
        var digits = text.AsSpan(signed ? 1 : 0);
        var radix = Radix(ref digits);
        if (!TryMagnitude(digits, radix, out var magnitude))
        {
            return false;
        }

        if (text[0] == '-' && magnitude <= (UInt128)long.MaxValue + 1)
        {
            number = unchecked(-(long)(ulong)magnitude);
        }
        else if (text[0] != '-' && magnitude <= long.MaxValue)
        {
            number = (long)magnitude;
        }
        else if (!signed)
        {
            number = (ulong)magnitude;
        }

        return number is not null;
    }

    private static bool TryMagnitude(ReadOnlySpan<char> digits, int radix, out UInt128 magnitude)
    {
        magnitude = 0;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            magnitude = (magnitude * (uint)radix) + (uint)value;
            if (value >= radix || magnitude > ulong.MaxValue)
            {
                return false;
            }
        }

        return !digits.IsEmpty;
    }

    private static int Radix(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0')
        {
            return 10;
        }

        var radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
        digits = digits[(radix == 0 ? 1 : 2)..];
        return radix == 0 ? 8 : radix;
    }

    private static object? Tagged(string tag, string text)
    {
        var value = Resolve(text);
        var actual = value switch
        {
            null => "!!null",
            bool => "!!bool",
            long or ulong => "!!int",
            double => "!!float",
            _ => IsTimestamp(text) ? "!!timestamp" : "!!str",
        };
        if (tag == actual)
        {
            return value;
        }

        return (tag, value) switch
        {
            ("!!float", long integer) => (double)integer,
            _ => throw new YamlContentException($"yaml: cannot decode {actual} `{text}` as a {tag}"),
        };
    }

    private static string Binary(string base64) =>
        Base64Text.TryDecode(Encoding.UTF8.GetBytes(base64), out var bytes, out _)
            ? Encoding.UTF8.GetString(bytes)
            : throw new YamlContentException("yaml: !!binary tag with invalid base64 data");

    // Dates stay strings; they must be told from numbers when read and are quoted when written.
    private static bool IsTimestamp(string text) =>
        text.Length > 4 && text[4] == '-' && TimestampPattern().Match(text) is { Success: true } match
        && DateTime.TryParse($"{match.Groups[1].Value}-{match.Groups[2].Value}-{match.Groups[3].Value}", CultureInfo.InvariantCulture, out _)
        && (!match.Groups[4].Success || (InRange(match.Groups[4], 23) && InRange(match.Groups[5], 59) && InRange(match.Groups[6], 59)));

    private static bool InRange(Group digits, int max) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) <= max;

    [GeneratedRegex(@"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2}))|(?: +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimestampPattern();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RealPattern();

    // Base 60 numbers are not read, but older readers would take them for numbers.
    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SexagesimalPattern();
}
