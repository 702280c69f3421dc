using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>
/// Reads an expression by recursive descent. Syntax errors have the words of the reference implementation's parser
/// generator; reading stops at the first one that cannot be passed over.
/// </summary>
internal sealed class Parser
{
    /// <summary>Code points of the longest expression.</summary>
    private const int SizeMax = 100_000;

    /// <summary>Nodes below each other, brackets included.</summary>
    private const int DepthMax = 250;

    private const string Starts = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
    private const string StartsOrOptional = "{'[', ']', '{', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
    private const string StartsOrEntry = "{'[', '{', '}', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace",
        "null", "package", "return", "true", "var", "void", "while",
    };

    private readonly Source _source;
    private readonly IReadOnlyDictionary<(string Name, bool IsMethod), IReadOnlyList<Macro>> _macros;
    private readonly bool _allowsOptional;
    private List<Token> _tokens = [];
    private int _at;
    private int _depth;

    private Parser(Source source, IReadOnlyDictionary<(string Name, bool IsMethod), IReadOnlyList<Macro>> macros, bool allowsOptional) =>
        (_source, _macros, _allowsOptional) = (source, macros, allowsOptional);

    private Token Current => _tokens[_at];

    /// <summary>The expression; null when the source has errors, which it then tells.</summary>
    public static Expression? Parse(Source source, IReadOnlyDictionary<(string Name, bool IsMethod), IReadOnlyList<Macro>> macros, bool allowsOptional)
    {
        var size = CodePoints.Count(source.Text);
        if (size > SizeMax)
        {
            source.Report(0, FormattableString.Invariant($"expression code point size exceeds limit: size: {size}, limit {SizeMax}"));
            return null;
        }

        var parser = new Parser(source, macros, allowsOptional) { _tokens = new Lexer(source).Read() };
        try
        {
            var expression = parser.ReadExpression();
            parser.ExpectEnd();
            return source.HasErrors ? null : expression;
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    internal static bool IsReserved(string name) => Reserved.Contains(name);

    private Expression ReadExpression()
    {
        if (++_depth > DepthMax)
        {
            throw TooDeep();
        }

        var expression = ReadOr();
        if (Current.Is("?"))
        {
            var position = Take().Position;
            var then = ReadOr();
            Expect(":", "':'");
            expression = Checked(new Call(position, Operators.Conditional, null, [expression, then, ReadExpression()]));
        }

        _depth--;
        return expression;
    }

    // a && b && c is one call of many operands: order does not matter and depth does.
    private Expression ReadOr() => ReadChain("||", Operators.Or, ReadAnd);

    private Expression ReadAnd() => ReadChain("&&", Operators.And, ReadRelation);

    private Expression ReadChain(string symbol, string function, Func<Expression> operand)
    {
        var first = operand();
        if (!Current.Is(symbol))
        {
            return first;
        }

        var operands = new List<Expression> { first };
        var position = Current.Position;
        while (Current.Is(symbol))
        {
            Take();
            operands.Add(operand());
        }

        return Checked(new Call(position, function, null, operands));
    }

    private Expression ReadRelation() => ReadBinary(ReadSum, static text => text switch
    {
        "==" => Operators.Equal,
        "!=" => Operators.NotEqual,
        "<" => Operators.Less,
        "<=" => Operators.LessOrEqual,
        ">" => Operators.Greater,
        ">=" => Operators.GreaterOrEqual,
        "in" => Operators.In,
        _ => null,
    });

    private Expression ReadSum() => ReadBinary(ReadProduct, static text => text switch
    {
        "+" => Operators.Add,
        "-" => Operators.Subtract,
        _ => null,
    });

    private Expression ReadProduct() => ReadBinary(ReadUnary, static text => text switch
    {
        "*" => Operators.Multiply,
        "/" => Operators.Divide,
        "%" => Operators.Modulo,
        _ => null,
    });

    private Expression ReadBinary(Func<Expression> operand, Func<string, string?> functionOf)
    {
        var left = operand();
        while (Current.Kind == TokenKind.Operator && functionOf(Current.Text) is { } function)
        {
            var position = Take().Position;
            left = Checked(new Call(position, function, null, [left, operand()]));
        }

        return left;
    }

    private Expression ReadUnary()
    {
        if (!Current.Is("!") && !Current.Is("-"))
        {
            return ReadMember();
        }

        var sign = Current;
        var count = 0;
        while (Current.Is(sign.Text))
        {
            Take();
            count++;
        }

        // A single minus before a number belongs to the number.
        if (sign.Text == "-" && count == 1 && Current.Value is CelInt or CelDouble or CelUint { Value: 1UL << 63 })
        {
            var value = Take().Value switch
            {
                CelInt number => new CelInt(-number.Value),
                CelDouble number => new CelDouble(-number.Value),
                _ => (CelValue)new CelInt(long.MinValue),
            };
            return ReadSuffixes(new Constant(sign.Position, value));
        }

        var operand = ReadMember();
        return count % 2 == 0 ? operand : Checked(new Call(sign.Position, sign.Text == "!" ? Operators.Not : Operators.Negate, null, [operand]));
    }

    private Expression ReadMember() => ReadSuffixes(ReadPrimary());

    private Expression ReadSuffixes(Expression operand)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                operand = Checked(ReadSelection(operand));
            }
            else if (Current.Is("["))
            {
                operand = Checked(ReadIndex(operand));
            }
            else
            {
                return operand;
            }
        }
    }

    private Expression ReadSelection(Expression operand)
    {
        var dot = Take();
        var isOptional = Current.Is("?");
        if (isOptional)
        {
            Take();
        }

        var name = Current;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            var read = string.Concat(_tokens.Skip(_at - (isOptional ? 2 : 1)).Take(isOptional ? 3 : 2).Select(static token => token.Text));
            throw Fail(name, $"Syntax error: no viable alternative at input '{read}'");
        }

        Take();
        if (isOptional)
        {
            return OptionalCall(dot.Position, Operators.OptionalSelect, operand, new Constant(name.Position, CelValue.Of(NameOf(name))));
        }

        if (!Current.Is("(") || name.Kind == TokenKind.QuotedIdentifier)
        {
            return new Selection(dot.Position, operand, NameOf(name), isTest: false);
        }

        var open = Take();
        return Expand(open.Position, name.Text, operand, ReadArguments());
    }

    private Call ReadIndex(Expression operand)
    {
        var open = Take();
        var isOptional = Current.Is("?");
        if (isOptional)
        {
            Take();
        }

        var index = ReadExpression();
        Expect("]", "']'");
        return isOptional ? OptionalCall(open.Position, Operators.OptionalIndex, operand, index) : new Call(open.Position, Operators.Index, null, [operand, index]);
    }

    private Call OptionalCall(int position, string function, Expression operand, Expression key)
    {
        if (!_allowsOptional)
        {
            _source.Report(position, "unsupported syntax '" + (function == Operators.OptionalSelect ? ".?" : "[?") + "'");
        }

        return new Call(position, function, null, [operand, key]);
    }

    private Expression ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                Take();
                if (token.Value is CelUint && !token.Text.EndsWith('u') && !token.Text.EndsWith('U'))
                {
                    _source.Report(token.Position, "invalid int literal");
                }

                return new Constant(token.Position, token.Value!);
            case TokenKind.Identifier:
                return ReadName(token.Position, "");
            case TokenKind.Operator when token.Text == ".":
                Take();
                return Current.Kind == TokenKind.Identifier
                    ? ReadName(token.Position, ".")
                    : throw Fail(Current, $"Syntax error: no viable alternative at input '.{Current.Text}'");
            case TokenKind.Operator when token.Text == "(":
                Take();
                var inner = ReadExpression();
                Expect(")", "')'", canBeAdded: true);
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return ReadList();
            case TokenKind.Operator when token.Text == "{":
                return ReadMap();
        }

        // One token too many before an operand is passed over.
        if (token.Kind != TokenKind.End && StartsOperand(_tokens[_at + 1]))
        {
            _source.Report(token.Position, $"Syntax error: extraneous input '{token.Shown}' expecting {Starts}");
            Take();
            return ReadPrimary();
        }

        throw Fail(token, $"Syntax error: mismatched input '{token.Shown}' expecting {Starts}");
    }

    private static bool StartsOperand(Token token) =>
        token.Kind is TokenKind.Literal or TokenKind.Identifier || (token.Kind == TokenKind.Operator && token.Text is "[" or "{" or "(" or "." or "-" or "!");

    private Expression ReadName(int position, string prefix)
    {
        var name = Take();
        if (IsMessageStart())
        {
            return ReadMessage(prefix + name.Text);
        }

        if (Reserved.Contains(name.Text))
        {
            _source.Report(name.Position, $"reserved identifier: {name.Text}");
        }

        if (!Current.Is("("))
        {
            return new Identifier(position, prefix + name.Text);
        }

        var open = Take();
        return Expand(open.Position, prefix + name.Text, null, ReadArguments());
    }

    // Name.Name{ begins a message; Name.field does not.
    private bool IsMessageStart()
    {
        var at = _at;
        while (_tokens[at].Is(".") && _tokens[at + 1].Kind == TokenKind.Identifier)
        {
            at += 2;
        }

        return _tokens[at].Is("{");
    }

    private ObjectLiteral ReadMessage(string name)
    {
        while (Current.Is("."))
        {
            Take();
            name += "." + Take().Text;
        }

        var open = Take();
        var fields = new List<Entry>();
        while (!Current.Is("}"))
        {
            var isOptional = TakeOptionalMark();
            var field = Current;
            if (field.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
            {
                throw Fail(field, $"Syntax error: mismatched input '{field.Shown}' expecting {{'}}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}}");
            }

            Take();
            var colon = Expect(":", "':'");
            fields.Add(new Entry(colon, new Constant(field.Position, CelValue.Of(NameOf(field))), ReadExpression(), isOptional));
            if (!Current.Is(","))
            {
                break;
            }

            Take();
        }

        Expect("}", "{'}', ','}");
        return Checked(new ObjectLiteral(open.Position, name, fields));
    }

    private ListLiteral ReadList()
    {
        var open = Take();
        var items = new List<Expression>();
        var optional = new HashSet<int>();
        if (Current.Kind == TokenKind.End)
        {
            throw Fail(Current, $"Syntax error: mismatched input '<EOF>' expecting {StartsOrOptional}");
        }

        while (!Current.Is("]"))
        {
            if (TakeOptionalMark())
            {
                optional.Add(items.Count);
            }

            items.Add(ReadExpression());
            if (!Current.Is(","))
            {
                break;
            }

            Take();
        }

        Expect("]", "{']', ','}");
        return Checked(new ListLiteral(open.Position, items, optional));
    }

    private MapLiteral ReadMap()
    {
        var open = Take();
        var entries = new List<Entry>();
        if (Current.Kind == TokenKind.End)
        {
            throw Fail(Current, $"Syntax error: mismatched input '<EOF>' expecting {StartsOrEntry}");
        }

        while (!Current.Is("}"))
        {
            var isOptional = TakeOptionalMark();
            var key = ReadExpression();
            var colon = Expect(":", "':'");
            entries.Add(new Entry(colon, key, ReadExpression(), isOptional));
            if (!Current.Is(","))
            {
                break;
            }

            Take();
        }

        Expect("}", "{'}', ','}");
        return Checked(new MapLiteral(open.Position, entries));
    }

    private bool TakeOptionalMark()
    {
        if (!Current.Is("?"))
        {
            return false;
        }

        if (!_allowsOptional)
        {
            _source.Report(Current.Position, "unsupported syntax '?'");
        }

        Take();
        return true;
    }

    private List<Expression> ReadArguments()
    {
        var arguments = new List<Expression>();
        if (!Current.Is(")"))
        {
            arguments.Add(ReadExpression());
            while (Current.Is(","))
            {
                Take();
                arguments.Add(ReadExpression());
            }
        }

        Expect(")", "')'", canBeAdded: true);
        return arguments;
    }

    private Expression Expand(int position, string function, Expression? target, List<Expression> arguments)
    {
        if (_macros.TryGetValue((function, target is not null), out var macros)
            && macros.FirstOrDefault(macro => macro.ArgumentCount == arguments.Count) is { } macro)
        {
            try
            {
                if (macro.Expand(position, target, arguments) is { } expanded)
                {
                    return Checked(expanded);
                }
            }
            catch (MacroException exception)
            {
                _source.Report(exception.Position, exception.Message);
                return new Constant(position, CelNull.Instance);
            }
        }

        return Checked(new Call(position, function, target, arguments));
    }

    private static string NameOf(Token token) => token.Kind == TokenKind.QuotedIdentifier ? token.Text[1..^1] : token.Text;

    private Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[_at++];

    // Where the token stands. A closing bracket that is missing before the end is told as such.
    private int Expect(string text, string expected, bool canBeAdded = false)
    {
        if (Current.Is(text))
        {
            return Take().Position;
        }

        throw Fail(Current, canBeAdded && Current.Kind == TokenKind.End
            ? $"Syntax error: missing {expected} at '<EOF>'"
            : $"Syntax error: mismatched input '{Current.Shown}' expecting {expected}");
    }

    private void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
        {
            var isLast = _tokens[_at + 1].Kind == TokenKind.End;
            _source.Report(Current.Position, $"Syntax error: {(isLast ? "extraneous" : "mismatched")} input '{Current.Shown}' expecting <EOF>");
        }
    }

    private T Checked<T>(T expression) where T : Expression => expression.Depth > DepthMax ? throw TooDeep() : expression;

    private SyntaxException TooDeep() => Fail(_tokens[0], FormattableString.Invariant($"expression recursion limit exceeded: {DepthMax}"));

    private SyntaxException Fail(Token token, string message)
    {
        _source.Report(token.Position, message);
        return new SyntaxException();
    }

    /// <summary>Ends the reading; what is wrong is with the source.</summary>
    private sealed class SyntaxException : Exception;
}
