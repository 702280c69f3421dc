using System.Globalization;
using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>Cuts an expression into tokens. What is none is reported and left out.</summary>
internal sealed class Lexer(Source source)
{
    private static readonly string[] Operators =
    [
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+", "*", "/", "%",
    ];

    private readonly string _text = source.Text;
    private int _at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (SkipSpace())
        {
            if (Next() is { } token)
            {
                tokens.Add(token);
            }
        }

        tokens.Add(new Token(TokenKind.End, _text.Length, ""));
        return tokens;
    }

    private bool SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (_text[_at] == '/' && Peek(1) == '/')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private Token? Next()
    {
        var c = _text[_at];
        if (StringStart() is var prefix and >= 0)
        {
            return Quoted(prefix);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Word();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        if (c == '`')
        {
            return QuotedName();
        }

        foreach (var text in Operators)
        {
            if (_text.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
            {
                var token = new Token(TokenKind.Operator, _at, text);
                _at += text.Length;
                return token;
            }
        }

        // '|', '&' and '=' begin a token: what does not continue it is part of the complaint.
        var length = c is '|' or '&' or '=' && _at + 1 < _text.Length ? 2 : CodePoints.Length(_text, _at);
        return Unknown(_at, _at + length);
    }

    private Token? Unknown(int start, int end)
    {
        source.Report(start, $"Syntax error: token recognition error at: '{new Token(TokenKind.Identifier, start, _text[start..end]).Shown}'");
        _at = end;
        return null;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    // Chars before the quote: r, b, br or rb; -1 when no string starts here.
    private int StringStart()
    {
        for (var i = 0; i <= 2; i++)
        {
            var c = Peek(i);
            if (c is '"' or '\'')
            {
                return i;
            }

            if (c is not ('r' or 'R' or 'b' or 'B') || (i == 1 && char.ToLowerInvariant(c) == char.ToLowerInvariant(Peek(0))))
            {
                return -1;
            }
        }

        return -1;
    }

    private Token? Quoted(int prefix)
    {
        var start = _at;
        var marks = _text[start..(start + prefix)].ToLowerInvariant();
        var (isRaw, isBytes) = (marks.Contains('r', StringComparison.Ordinal), marks.Contains('b', StringComparison.Ordinal));
        var quote = _text[start + prefix];
        var isTriple = Peek(prefix + 1) == quote && Peek(prefix + 2) == quote;
        var open = start + prefix + (isTriple ? 3 : 1);
        var at = open;
        while (true)
        {
            if (at >= _text.Length || (!isTriple && _text[at] is '\n' or '\r'))
            {
                return Unknown(start, Math.Min(at + 1, _text.Length));
            }

            if (_text[at] == '\\' && !isRaw)
            {
                at += 2;
            }
            else if (_text[at] == quote && (!isTriple || (at + 2 < _text.Length && _text[at + 1] == quote && _text[at + 2] == quote)))
            {
                break;
            }
            else
            {
                at++;
            }
        }

        var end = at + (isTriple ? 3 : 1);
        var value = Escapes.Read(_text[open..at].Replace("\r\n", "\n", StringComparison.Ordinal), isRaw, isBytes, out var badAt);
        if (value is null)
        {
            return Unknown(start, Math.Min(open + badAt + 1, end));
        }

        _at = end;
        return new Token(TokenKind.Literal, start, _text[start..end], value);
    }

    private Token Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var word = _text[start.._at];
        return word switch
        {
            "true" => new Token(TokenKind.Literal, start, word, CelBool.True),
            "false" => new Token(TokenKind.Literal, start, word, CelBool.False),
            "null" => new Token(TokenKind.Literal, start, word, CelNull.Instance),
            "in" => new Token(TokenKind.Operator, start, word),
            _ => new Token(TokenKind.Identifier, start, word),
        };
    }

    private Token? QuotedName()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '.' or '-' or '/' or ' '))
        {
            end++;
        }

        if (end >= _text.Length || _text[end] != '`' || end == _at + 1)
        {
            return Unknown(_at, Math.Min(end + 1, _text.Length));
        }

        var token = new Token(TokenKind.QuotedIdentifier, _at, _text[_at..(end + 1)]);
        _at = end + 1;
        return token;
    }

    private Token Number()
    {
        var start = _at;
        if (_text[_at] == '0' && Peek(1) is 'x' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            Skip(char.IsAsciiHexDigit);
            return Whole(start, _text[(start + 2).._at], NumberStyles.AllowHexSpecifier);
        }

        Skip(char.IsAsciiDigit);
        var isReal = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isReal = true;
            _at++;
            Skip(char.IsAsciiDigit);
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isReal = true;
            _at += 2;
            Skip(char.IsAsciiDigit);
        }

        if (!isReal)
        {
            return Whole(start, _text[start.._at], NumberStyles.None);
        }

        var text = _text[start.._at];
        return new Token(TokenKind.Literal, start, text, new CelDouble(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    private void Skip(Func<char, bool> condition)
    {
        while (_at < _text.Length && condition(_text[_at]))
        {
            _at++;
        }
    }

    // The sign is another token, so a number as big as -int.min is told by the parser whether it fits.
    private Token Whole(int start, string digits, NumberStyles style)
    {
        var isUnsigned = Peek(0) is 'u' or 'U';
        _at += isUnsigned ? 1 : 0;
        var text = _text[start.._at];
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
        {
            source.Report(start, isUnsigned ? "invalid uint literal" : "invalid int literal");
            return new Token(TokenKind.Literal, start, text, new CelInt(0));
        }

        return new Token(TokenKind.Literal, start, text, isUnsigned ? new CelUint(number) : number <= long.MaxValue ? new CelInt((long)number) : new CelUint(number));
    }
}
