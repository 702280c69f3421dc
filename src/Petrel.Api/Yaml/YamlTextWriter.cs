using System.Globalization;
using System.Text;

namespace Petrel.Api.Yaml;

/// <summary>Writes a string as a YAML scalar in the first style that keeps it: plain, single quotes, a literal block, double quotes.</summary>
internal static class YamlTextWriter
{
    /// <summary>A blank behind this column becomes a line break where that keeps the meaning.</summary>
    private const int FoldColumn = 80;

    public static void Write(string text, YamlOutput output, int indent, bool isKey)
    {
        var runes = text.EnumerateRunes().ToArray();
        var allowed = YamlTextStyles.Of(runes);
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            if (allowed.Literal && !isKey)
            {
                WriteLiteral(runes, output, indent);
                return;
            }
        }
        else if (YamlScalar.IsPlainString(text))
        {
            if (allowed.Plain && text.Length > 0)
            {
                WritePlain(runes, output, indent, isKey);
                return;
            }

            if (allowed.SingleQuoted)
            {
                WriteSingleQuoted(runes, output, indent, isKey);
                return;
            }
        }

        WriteDoubleQuoted(runes, output, indent, isKey);
    }

    private static void WritePlain(Rune[] runes, YamlOutput output, int indent, bool isKey)
    {
        for (var i = 0; i < runes.Length; i++)
        {
            if (CanFold(runes, i, output, isKey) && !IsBlank(runes, i + 1))
            {
                output.NewLine(indent);
            }
            else
            {
                output.Append(runes[i]);
            }
        }
    }

    private static void WriteSingleQuoted(Rune[] runes, YamlOutput output, int indent, bool isKey)
    {
        output.Append("'");
        for (var i = 0; i < runes.Length; i++)
        {
            if (CanFold(runes, i, output, isKey) && i < runes.Length - 1 && !IsBlank(runes, i + 1))
            {
                output.NewLine(indent);
                continue;
            }

            if (runes[i].Value == '\'')
            {
                output.Append("'");
            }

            output.Append(runes[i]);
        }

        output.Append("'");
    }

    private static void WriteDoubleQuoted(Rune[] runes, YamlOutput output, int indent, bool isKey)
    {
        output.Append("\"");
        for (var i = 0; i < runes.Length; i++)
        {
            if (CanFold(runes, i, output, isKey) && i < runes.Length - 1)
            {
                output.NewLine(indent);
                if (IsBlank(runes, i + 1))
                {
                    output.Append("\\");
                }
            }
            else if (!YamlTextStyles.IsPrintable(runes[i]) || runes[i].Value is '"' or '\\' or 0xfeff)
            {
                output.Append(Escape(runes[i].Value));
            }
            else
            {
                output.Append(runes[i]);
            }
        }

        output.Append("\"");
    }

    private static void WriteLiteral(Rune[] runes, YamlOutput output, int indent)
    {
        output.Append("|");
        if (runes[0].Value is ' ' or '\n')
        {
            output.Append("2");
        }

        if (runes[^1].Value != '\n')
        {
            output.Append("-");
        }
        else if (runes.Length == 1 || runes[^2].Value == '\n')
        {
            output.Append("+");
        }

        var text = string.Concat(runes.Select(static rune => rune.ToString()));
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // The part behind the last line break is no line.
            if (i < lines.Length - 1 || lines[i].Length > 0)
            {
                output.NewLine(lines[i].Length > 0 ? indent : 0);
                output.Append(lines[i]);
            }
        }
    }

    // A single blank, not the first of several, behind the column where lines are folded.
    private static bool CanFold(Rune[] runes, int index, YamlOutput output, bool isKey) =>
        !isKey && index > 0 && IsBlank(runes, index) && !IsBlank(runes, index - 1) && output.Column > FoldColumn;

    private static bool IsBlank(Rune[] runes, int index) => index < runes.Length && runes[index].Value == ' ';

    private static string Escape(int codePoint) => codePoint switch
    {
        0 => "\\0",
        '\a' => "\\a",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\v' => "\\v",
        '\f' => "\\f",
        '\r' => "\\r",
        0x1b => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        0x85 => "\\N",
        0xa0 => "\\_",
        0x2028 => "\\L",
        0x2029 => "\\P",
        <= 0xff => string.Create(CultureInfo.InvariantCulture, $"\\x{codePoint:X2}"),
        <= 0xffff => string.Create(CultureInfo.InvariantCulture, $"\\u{codePoint:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{codePoint:X8}"),
    };
}
