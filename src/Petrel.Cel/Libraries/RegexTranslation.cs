using System.Globalization;
using System.Text;

namespace Petrel.Cel.Libraries;

/// <summary>
/// A pattern in RE2's syntax written in .NET's. What RE2 does not have (look-around, references) is refused, since it would
/// not be linear; where the two differ, the pattern says what RE2 means.
/// </summary>
internal sealed class RegexTranslation(string pattern)
{
    private const int RepeatMax = 1000;
    private const int LengthMax = 10_000;

    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly StringBuilder _output = new(pattern.Length + 16);
    private readonly Stack<bool> _multilineBefore = new();
    private int _at;
    private string? _error;
    private bool _isMultiline;

    public (string Pattern, string? Error) Translate()
    {
        if (pattern.Length > LengthMax)
        {
            return ("", "expression too large");
        }

        var canRepeat = false;
        while (_at < pattern.Length && _error is null)
        {
            canRepeat = Next(canRepeat);
        }

        if (_error is null && _multilineBefore.Count > 0)
        {
            _error = $"missing closing ): `{pattern}`";
        }

        return (_output.ToString(), _error);
    }

    // Whether what was read can be repeated.
    private bool Next(bool canRepeat)
    {
        var c = pattern[_at];
        switch (c)
        {
            case '\\':
                return Escape(isInClass: false);
            case '[':
                Class();
                return true;
            case '(':
                Open();
                return false;
            case ')':
                if (_multilineBefore.Count == 0)
                {
                    _error = $"unexpected ): `{pattern}`";
                    return false;
                }

                _isMultiline = _multilineBefore.Pop();
                Copy(1);
                return true;
            case '*' or '+' or '?':
                return Repeat(canRepeat, c.ToString());
            case '{' when ReadCount() is { } count:
                return Repeat(canRepeat, count);
            case '{':
                _output.Append(@"\{");
                _at++;
                return true;
            case '$':
                // Without (?m) only at the very end.
                _output.Append(_isMultiline ? "(?m:$)" : @"\z");
                _at++;
                return true;
            case '^':
                _output.Append(_isMultiline ? "(?m:^)" : @"\A");
                _at++;
                return true;
            case '|':
                Copy(1);
                return false;
            case '#' or ' ':
                _output.Append('\\').Append(c);
                _at++;
                return true;
            default:
                Copy(char.IsHighSurrogate(c) && _at + 1 < pattern.Length ? 2 : 1);
                return true;
        }
    }

    private void Copy(int length)
    {
        _output.Append(pattern, _at, length);
        _at += length;
    }

    private bool Repeat(bool canRepeat, string how)
    {
        if (!canRepeat)
        {
            _error = _at > 0 && pattern[_at - 1] is '*' or '+' or '?' or '}' ? $"invalid nested repetition operator: `{pattern[(_at - 1)..(_at + how.Length)]}`" : $"missing argument to repetition operator: `{how}`";
            return false;
        }

        Copy(how.Length);
        if (_at < pattern.Length && pattern[_at] == '?')
        {
            Copy(1);
        }

        return false;
    }

    // {n}, {n,} or {n,m}; null when the brace is just a brace.
    private string? ReadCount()
    {
        var end = pattern.IndexOf('}', _at);
        if (end < 0)
        {
            return null;
        }

        var parts = pattern[(_at + 1)..end].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || !parts.All(static part => part.All(char.IsAsciiDigit)))
        {
            return null;
        }

        var text = pattern[_at..(end + 1)];
        var counts = parts.Where(static part => part.Length > 0).Select(static part => part.Length > 6 ? int.MaxValue : int.Parse(part, CultureInfo.InvariantCulture)).ToList();
        if (counts.Exists(static count => count > RepeatMax) || (counts.Count == 2 && counts[0] > counts[1]))
        {
            _error = $"invalid repeat count: `{text}`";
        }

        return text;
    }

    private void Open()
    {
        if (_at + 1 >= pattern.Length || pattern[_at + 1] != '?')
        {
            _multilineBefore.Push(_isMultiline);
            Copy(1);
            return;
        }

        var rest = pattern.AsSpan(_at);
        if (rest.StartsWith("(?P<") || rest.StartsWith("(?<"))
        {
            var start = rest.StartsWith("(?P<") ? 4 : 3;
            var end = pattern.IndexOf('>', _at);
            var name = end < 0 ? "" : pattern[(_at + start)..end];
            if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                _error = $"invalid named capture: `{pattern[_at..(end < 0 ? pattern.Length : end + 1)]}`";
                return;
            }

            // Groups are never referred to, so their names do not matter.
            _output.Append('(');
            _multilineBefore.Push(_isMultiline);
            _at = end + 1;
            return;
        }

        Flags();
    }

    // (?flags) or (?flags:re)
    private void Flags()
    {
        var start = _at;
        var at = _at + 2;
        var (isOff, multiline) = (false, _isMultiline);
        var flags = new StringBuilder("(?");
        while (at < pattern.Length && pattern[at] is not (':' or ')'))
        {
            switch (pattern[at])
            {
                case '-' when !isOff:
                    isOff = true;
                    flags.Append('-');
                    break;
                case 'i' or 's':
                    flags.Append(pattern[at]);
                    break;
                case 'm':
                    multiline = !isOff;
                    break;
                default:
                    _error = $"invalid or unsupported Perl syntax: `{pattern[start..Math.Min(at + 1, pattern.Length)]}`";
                    return;
            }

            at++;
        }

        if (at >= pattern.Length)
        {
            _error = $"missing closing ): `{pattern}`";
            return;
        }

        var text = flags.ToString().TrimEnd('-');
        if (pattern[at] == ':')
        {
            _multilineBefore.Push(_isMultiline);
            _output.Append(text).Append(':');
        }
        else if (text.Length > 2)
        {
            _output.Append(text).Append(')');
        }

        _isMultiline = multiline;
        _at = at + 1;
    }

    private bool Escape(bool isInClass)
    {
        if (_at + 1 >= pattern.Length)
        {
            _error = "trailing backslash at end of expression: ``";
            return false;
        }

        var c = pattern[_at + 1];
        switch (c)
        {
            case 'd' or 's' or 'w':
                var members = c switch { 'd' => "0-9", 's' => @"\t\n\f\r ", _ => "0-9A-Za-z_" };
                _output.Append(isInClass ? members : $"[{members}]");
                _at += 2;
                return true;
            case 'D' or 'S' or 'W':
                NegatedShort(c, isInClass);
                return true;
            case 'A' or 'z' or 'b' or 'B' when !isInClass:
                Copy(2);
                return true;
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                Copy(2);
                return true;
            case 'Q' when !isInClass:
                var end = pattern.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
                AppendLiteral(pattern[(_at + 2)..(end < 0 ? pattern.Length : end)]);
                _at = end < 0 ? pattern.Length : end + 2;
                return true;
            case 'p' or 'P':
                UnicodeClass(isInClass);
                return true;
            case 'x':
                Hexadecimal();
                return true;
            case >= '0' and <= '7' when c == '0' || (_at + 2 < pattern.Length && pattern[_at + 2] is >= '0' and <= '7'):
                Octal();
                return true;
            case < (char)0x80 when !char.IsAsciiLetterOrDigit(c):
                AppendLiteral(c.ToString());
                _at += 2;
                return true;
            default:
                _error = $"invalid escape sequence: `{pattern[_at..(_at + 2)]}`";
                return false;
        }
    }

    private void NegatedShort(char c, bool isInClass)
    {
        _output.Append((c, isInClass) switch
        {
            ('D', false) => "[^0-9]",
            ('S', false) => @"[^\t\n\f\r ]",
            ('W', false) => "[^0-9A-Za-z_]",
            ('D', true) => @"\x00-/:-\uFFFF",
            ('S', true) => @"\x00-\x08\x0B\x0E-\x1F!-\uFFFF",
            _ => @"\x00-/:-@\[-^`{-\uFFFF",
        });
        _at += 2;
    }

    private void UnicodeClass(bool isInClass)
    {
        var name = _at + 2 < pattern.Length && pattern[_at + 2] == '{' && pattern.IndexOf('}', _at) is var close and > 0 ? pattern[(_at + 3)..close] : _at + 2 < pattern.Length ? pattern[_at + 2].ToString() : "";
        var length = name.Length == 1 && (_at + 2 >= pattern.Length || pattern[_at + 2] != '{') ? 3 : name.Length + 4;
        if (name is not ("L" or "Ll" or "Lm" or "Lo" or "Lt" or "Lu" or "M" or "Mc" or "Me" or "Mn" or "N" or "Nd" or "Nl" or "No" or "P" or "Pc" or "Pd" or "Pe" or "Pf" or "Pi" or "Po" or "Ps"
            or "S" or "Sc" or "Sk" or "Sm" or "So" or "Z" or "Zl" or "Zp" or "Zs" or "C" or "Cc" or "Cf" or "Co" or "Cs"))
        {
            _error = $"invalid character class range: `{pattern[_at..Math.Min(pattern.Length, _at + length)]}`";
            return;
        }

        _ = isInClass;
        _output.Append('\\').Append(pattern[_at + 1]).Append('{').Append(name).Append('}');
        _at += length;
    }

    private void Hexadecimal()
    {
        var isLong = _at + 2 < pattern.Length && pattern[_at + 2] == '{';
        var end = isLong ? pattern.IndexOf('}', _at) : Math.Min(_at + 4, pattern.Length);
        var digits = end < 0 ? "" : pattern[(_at + (isLong ? 3 : 2))..end];
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || (!isLong && digits.Length != 2) || !Rune.IsValid(code))
        {
            _error = $"invalid escape sequence: `{pattern[_at..Math.Min(pattern.Length, Math.Max(end, _at + 2))]}`";
            return;
        }

        AppendLiteral(new Rune(code).ToString());
        _at = end + (isLong ? 1 : 0);
    }

    private void Octal()
    {
        var end = _at + 1;
        while (end < pattern.Length && end < _at + 4 && pattern[end] is >= '0' and <= '7')
        {
            end++;
        }

        AppendLiteral(((char)Convert.ToInt32(pattern[(_at + 1)..end], 8)).ToString());
        _at = end;
    }

    private void AppendLiteral(string text)
    {
        foreach (var c in text)
        {
            _output.Append(char.IsAsciiLetterOrDigit(c) || c > 0x7F ? c.ToString() : $@"\x{(int)c:X2}");
        }
    }

    private void Class()
    {
        var start = _at;
        Copy(1);
        if (_at < pattern.Length && pattern[_at] == '^')
        {
            Copy(1);
        }

        var isFirst = true;
        while (_error is null)
        {
            if (_at >= pattern.Length)
            {
                _error = $"missing closing ]: `{pattern[start..]}`";
                return;
            }

            if (pattern[_at] == ']' && !isFirst)
            {
                Copy(1);
                return;
            }

            isFirst = false;
            ClassMember(start);
        }
    }

    private void ClassMember(int start)
    {
        switch (pattern[_at])
        {
            case '[' when _at + 1 < pattern.Length && pattern[_at + 1] == ':':
                var end = pattern.IndexOf(":]", _at, StringComparison.Ordinal);
                if (end < 0 || !PosixClasses.TryGetValue(pattern[(_at + 2)..end], out var members))
                {
                    _error = $"invalid character class range: `{pattern[_at..(end < 0 ? pattern.Length : end + 2)]}`";
                    return;
                }

                _output.Append(members);
                _at = end + 2;
                break;
            case '[' or ']':
                _output.Append('\\').Append(pattern[_at]);
                _at++;
                break;
            case '\\':
                Escape(isInClass: true);
                break;
            case '-' when pattern[_at - 1] != '[' && _at + 1 < pattern.Length && pattern[_at + 1] != ']':
                if (_at + 1 < pattern.Length && pattern[_at - 1] is var low && pattern[_at + 1] is var high && low != ']' && high != '\\' && high != '[' && low > high && pattern[_at - 2] != '\\')
                {
                    _error = $"invalid character class range: `{pattern[(_at - 1)..(_at + 2)]}`";
                    return;
                }

                Copy(1);
                break;
            case '-':
                _output.Append(@"\-");
                _at++;
                break;
            default:
                _ = start;
                Copy(1);
                break;
        }
    }
}
