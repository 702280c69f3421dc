using System.Globalization;
using System.Numerics;
using System.Text;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>The format method: %s %d %f %e %b %x %X %o and %%.</summary>
internal static class TextFormat
{
    private const int DefaultPrecision = 6;
    private const int PrecisionMax = 1000;

    public static CelValue Format(string text, CelList arguments)
    {
        var output = new StringBuilder();
        var next = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                output.Append(text[at]);
                continue;
            }

            if (++at >= text.Length)
            {
                return CelError.Because("unexpected end of string");
            }

            if (text[at] == '%')
            {
                output.Append('%');
                continue;
            }

            if (ReadPrecision(text, ref at, out var precision) is { } error)
            {
                return CelError.Because("could not parse formatting clause: " + error);
            }

            if (next >= arguments.Count)
            {
                return CelError.Because(FormattableString.Invariant($"index {next} out of range"));
            }

            var (piece, problem) = Clause(text[at], arguments[next++], precision);
            if (problem is not null)
            {
                return CelError.Because(problem);
            }

            output.Append(piece);
            if (output.Length > Weights.TextMax)
            {
                return Weights.TooLarge;
            }
        }

        return CelValue.Of(output.ToString());
    }

    /// <summary>The text in double quotes, with escapes for what cannot be seen.</summary>
    public static string Quote(string text)
    {
        var output = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            output.Append(rune.Value switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => rune.ToString(),
            });
        }

        return output.Append('"').ToString();
    }

    private static string? ReadPrecision(string text, ref int at, out int? precision)
    {
        precision = null;
        if (text[at] != '.')
        {
            return null;
        }

        var start = ++at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at == start || !int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) || digits > PrecisionMax)
        {
            return at == start ? "error while parsing precision: unexpected end of string" : "error while parsing precision: precision is too large";
        }

        precision = digits;
        return at >= text.Length ? "error while parsing precision: unexpected end of string" : null;
    }

    private static (string Text, string? Error) Clause(char verb, CelValue value, int? precision) => verb switch
    {
        's' => Plain(value, isInside: false) is { } text ? (text, null) : ("", $"error during formatting: string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given {value.Type.Name}"),
        'd' => value switch
        {
            CelInt or CelUint => (ValueText.Plain(value), null),
            CelDouble { Value: var real } when double.IsNaN(real) || double.IsInfinity(real) => (Special(real)!, null),
            _ => ("", $"error during formatting: decimal clause can only be used on integers, was given {value.Type.Name}"),
        },
        'f' => Real(value, "fixed-point", real => real.ToString("F" + (precision ?? DefaultPrecision).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        'e' => Real(value, "scientific", real => Scientific(real, precision ?? DefaultPrecision)),
        'b' => value switch
        {
            CelInt number => ((BigInteger)number.Value is var whole && whole.Sign < 0 ? "-" + Binary(-whole) : Binary(whole), null),
            CelUint number => (Binary(number.Value), null),
            CelBool flag => (flag.Value ? "1" : "0", null),
            _ => ("", $"error during formatting: only integers and bools can be formatted as binary, was given {value.Type.Name}"),
        },
        'o' => value switch
        {
            CelInt { Value: var number } => (number < 0 ? "-" + Octal(-(BigInteger)number) : Octal(number), null),
            CelUint number => (Octal(number.Value), null),
            _ => ("", $"error during formatting: octal clause can only be used on integers, was given {value.Type.Name}"),
        },
        'x' or 'X' => Hexadecimal(value, verb == 'X'),
        _ => ("", $"could not parse formatting clause: unrecognized formatting clause \"{verb}\""),
    };

    private static string? Special(double value) => double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "-∞" : null;

    private static (string Text, string? Error) Real(CelValue value, string clause, Func<double, string> write)
    {
        var real = value switch
        {
            CelDouble number => number.Value,
            CelInt number => number.Value,
            CelUint number => number.Value,
            CelString { Value: "NaN" } => double.NaN,
            CelString { Value: "Infinity" } => double.PositiveInfinity,
            CelString { Value: "-Infinity" } => double.NegativeInfinity,
            _ => (double?)null,
        };
        return real is null ? ("", $"error during formatting: {clause} clause can only be used on doubles, was given {value.Type.Name}") : (Special(real.Value) ?? write(real.Value), null);
    }

    // As 1.234568×10⁰⁴: at least two digits of exponent.
    private static string Scientific(double value, int precision)
    {
        var text = value.ToString("E" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        foreach (var digit in Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture))
        {
            raised.Append("⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']);
        }

        return $"{text[..e]}×10{raised}";
    }

    private static string Binary(BigInteger value) => value.IsZero ? "0" : value.ToString("B", CultureInfo.InvariantCulture).TrimStart('0');

    private static string Octal(BigInteger value)
    {
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, (char)('0' + (int)(value % 8)));
            value /= 8;
        }
        while (!value.IsZero);
        return digits.ToString();
    }

    private static (string Text, string? Error) Hexadecimal(CelValue value, bool isUpper)
    {
        var text = value switch
        {
            CelInt { Value: < 0 } number => "-" + (0UL - (ulong)number.Value).ToString("x", CultureInfo.InvariantCulture),
            CelInt number => number.Value.ToString("x", CultureInfo.InvariantCulture),
            CelUint number => number.Value.ToString("x", CultureInfo.InvariantCulture),
            CelString bytes => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(bytes.Value)),
            CelBytes bytes => Convert.ToHexStringLower(bytes.Value.Span),
            _ => null,
        };
        return text is null ? ("", $"error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given {value.Type.Name}") : (isUpper ? text.ToUpperInvariant() : text, null);
    }

    // Texts inside lists and maps are quoted.
    private static string? Plain(CelValue value, bool isInside) => value switch
    {
        CelString text when isInside => Quote(text.Value),
        CelDouble { Value: var real } => Special(real) is { } special ? isInside ? $"\"{special}\"" : special : Decimal(real),
        CelTimestamp time when isInside => $"timestamp(\"{TimeText.Format(time)}\")",
        CelDuration span when isInside => $"duration(\"{ValueText.Duration(span.Nanoseconds)}\")",
        CelString or CelBool or CelInt or CelUint or CelTimestamp or CelDuration or CelNull or CelTypeValue => ValueText.Plain(value),
        CelBytes bytes => isInside ? $"b\"{Encoding.UTF8.GetString(bytes.Value.Span)}\"" : Encoding.UTF8.GetString(bytes.Value.Span),
        CelList list => List(list),
        CelMap map => Map(map),
        _ => null,
    };

    private static string Decimal(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? ((decimal)Math.Clamp(value, -7e27, 7e27)).ToString(CultureInfo.InvariantCulture) : text;
    }

    private static string? List(CelList list)
    {
        var output = new StringBuilder("[");
        for (var i = 0; i < list.Count; i++)
        {
            if (Plain(list[i], isInside: true) is not { } item)
            {
                return null;
            }

            output.Append(i > 0 ? ", " : "").Append(item);
            if (output.Length > Weights.TextMax)
            {
                return null;
            }
        }

        return output.Append(']').ToString();
    }

    private static string? Map(CelMap map)
    {
        var entries = new List<(string Key, string Text)>();
        foreach (var key in map.Keys)
        {
            if (!map.TryGet(key, out var value) || Plain(key, isInside: true) is not { } name || Plain(value, isInside: true) is not { } item)
            {
                return null;
            }

            entries.Add((name, $"{name}:{item}"));
        }

        return "{" + string.Join(", ", entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => entry.Text)) + "}";
    }
}
