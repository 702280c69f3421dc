using System.Globalization;

namespace Petrel.Api.Json;

/// <summary>
/// Says what is wrong with a text that is not JSON, in the words clients of the API know. Only asked after a reader has failed,
/// so it favours plain code over speed.
/// </summary>
public ref struct JsonSyntax
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly int _maxDepth;
    private int _position;
    private string? _error;

    private JsonSyntax(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        _utf8 = utf8;
        _maxDepth = maxDepth;
    }

    /// <summary>The first violation of the JSON grammar (RFC 8259); null when there is none.</summary>
    public static string? FindError(ReadOnlySpan<byte> utf8, int maxDepth = JsonTree.MaxDepth)
    {
        var syntax = new JsonSyntax(utf8, maxDepth);
        syntax.Value(0);
        if (syntax._error is null && syntax.Peek() >= 0)
        {
            syntax.Fail("after top-level value");
        }

        return syntax._error;
    }

    private bool Value(int depth)
    {
        if (depth >= _maxDepth && Peek() is '{' or '[')
        {
            _error ??= "exceeded max depth";
            return false;
        }

        return Peek() switch
        {
            '{' => Members(depth),
            '[' => Elements(depth),
            '"' => Text(),
            't' => Literal("true"),
            'f' => Literal("false"),
            'n' => Literal("null"),
            '-' or (>= '0' and <= '9') => Number(),
            _ => Fail("looking for beginning of value"),
        };
    }

    private bool Members(int depth)
    {
        _position++;
        if (Peek() == '}')
        {
            _position++;
            return true;
        }

        while (true)
        {
            if (Peek() != '"')
            {
                return Fail("looking for beginning of object key string");
            }

            if (!Text())
            {
                return false;
            }

            if (Peek() != ':')
            {
                return Fail("after object key");
            }

            _position++;
            if (!Value(depth + 1))
            {
                return false;
            }

            if (Peek() is not (',' or '}'))
            {
                return Fail("after object key:value pair");
            }

            if (_utf8[_position++] == '}')
            {
                return true;
            }
        }
    }

    private bool Elements(int depth)
    {
        _position++;
        if (Peek() == ']')
        {
            _position++;
            return true;
        }

        while (Value(depth + 1))
        {
            if (Peek() is not (',' or ']'))
            {
                return Fail("after array element");
            }

            if (_utf8[_position++] == ']')
            {
                return true;
            }
        }

        return false;
    }

    private bool Text()
    {
        _position++;
        while (true)
        {
            var unit = Current;
            if (unit < ' ')
            {
                return Fail("in string literal");
            }

            _position++;
            if (unit == '"')
            {
                return true;
            }

            if (unit == '\\' && !Escape())
            {
                return false;
            }
        }
    }

    private bool Escape()
    {
        if (Current is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            _position++;
            return true;
        }

        if (Current != 'u')
        {
            return Fail("in string escape code");
        }

        _position++;
        for (var i = 0; i < 4; i++)
        {
            if (Current < 0 || !char.IsAsciiHexDigit((char)Current))
            {
                return Fail("in \\u hexadecimal character escape");
            }

            _position++;
        }

        return true;
    }

    private bool Number()
    {
        if (Current == '-')
        {
            _position++;
        }

        if (Current == '0')
        {
            _position++;
        }
        else if (!Digits("in numeric literal"))
        {
            return false;
        }

        if (Current == '.')
        {
            _position++;
            if (!Digits("after decimal point in numeric literal"))
            {
                return false;
            }
        }

        if (Current is not ('e' or 'E'))
        {
            return true;
        }

        _position++;
        if (Current is '+' or '-')
        {
            _position++;
        }

        return Digits("in exponent of numeric literal");
    }

    private bool Digits(string context)
    {
        if (Current is not (>= '0' and <= '9'))
        {
            return Fail(context);
        }

        while (Current is >= '0' and <= '9')
        {
            _position++;
        }

        return true;
    }

    private bool Literal(string literal)
    {
        foreach (var letter in literal)
        {
            if (Current != letter)
            {
                return Fail($"in literal {literal} (expecting '{letter}')");
            }

            _position++;
        }

        return true;
    }

    // The byte at the position; -1 at the end.
    private readonly int Current => _position < _utf8.Length ? _utf8[_position] : -1;

    // The next byte that is no white space; -1 at the end.
    private int Peek()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        return Current;
    }

    private bool Fail(string context)
    {
        _error ??= Current < 0 ? "unexpected end of JSON input" : $"invalid character {Quote((char)Current)} {context}";
        return false;
    }

    // A byte stands for the code point of the same number, printable or escaped.
    private static string Quote(char unit) => unit switch
    {
        '\'' => "'\\''",
        '\\' => "'\\\\'",
        '\a' => "'\\a'",
        '\b' => "'\\b'",
        '\f' => "'\\f'",
        '\n' => "'\\n'",
        '\r' => "'\\r'",
        '\t' => "'\\t'",
        '\v' => "'\\v'",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"'\\x{(int)unit:x2}'"),
        >= '\x80' and <= '\xa0' or '\xad' => string.Create(CultureInfo.InvariantCulture, $"'\\u{(int)unit:x4}'"),
        _ => $"'{unit}'",
    };
}
