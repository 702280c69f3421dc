using System.Globalization;
using System.Text.RegularExpressions;

namespace Petrel.Api.Selectors;

/// <summary>Parser of the label selector's query form; its complaints are upstream's (apimachinery labels).</summary>
internal sealed partial class LabelSelectorParser
{
    private const int NameLengthMax = 63;
    private const int PrefixLengthMax = 253;

    private const string NameRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private readonly List<string> _tokens;
    private int _position;

    public LabelSelectorParser(string text) => _tokens = Tokenize(text);

    private string Current => _position < _tokens.Count ? _tokens[_position] : "";

    /// <summary>Null when the text is well-formed.</summary>
    public string? Parse(out List<LabelRequirement> requirements)
    {
        requirements = [];
        if (_tokens.Count == 0)
        {
            return null;
        }

        while (true)
        {
            if (Current == "" || (IsSymbol(Current) && Current != "!"))
            {
                return $"found '{Current}', expected: !, identifier, or 'end of string'";
            }

            var error = ParseRequirement(out var requirement);
            if (error is not null)
            {
                return "unable to parse requirement: " + error;
            }

            requirements.Add(requirement!);
            if (_position >= _tokens.Count)
            {
                return null;
            }

            if (Current != ",")
            {
                return $"found '{Current}', expected: ',' or 'end of string'";
            }

            _position++;
            if (Current != "!" && (Current == "" || IsSymbol(Current)))
            {
                return $"found '{Current}', expected: identifier after ','";
            }
        }
    }

    private string? ParseRequirement(out LabelRequirement? requirement)
    {
        requirement = null;
        var negated = Current == "!";
        if (negated)
        {
            _position++;
        }

        var key = Current;
        if (key == "" || IsSymbol(key))
        {
            return $"found '{key}', expected: identifier";
        }

        _position++;
        if (CheckKey(key) is { } badKey)
        {
            return badKey;
        }

        if (negated || Current is "" or ",")
        {
            requirement = new LabelRequirement(key, negated ? LabelOperator.DoesNotExist : LabelOperator.Exists, default);
            return null;
        }

        return ParseOperation(key, out requirement);
    }

    private string? ParseOperation(string key, out LabelRequirement? requirement)
    {
        requirement = null;
        var symbol = Current;
        LabelOperator? found = symbol switch
        {
            "=" or "==" or "in" => LabelOperator.In,
            "!=" or "notin" => LabelOperator.NotIn,
            ">" => LabelOperator.GreaterThan,
            "<" => LabelOperator.LessThan,
            _ => null,
        };
        if (found is null)
        {
            return $"found '{symbol}', expected: in, notin, =, ==, !=, gt, lt";
        }

        _position++;
        List<string> values;
        if (symbol is "in" or "notin")
        {
            if (ParseValues(out values) is { } bad)
            {
                return bad;
            }
        }
        else
        {
            if (Current is "" or ",")
            {
                values = [""];
            }
            else if (IsSymbol(Current))
            {
                return $"found '{Current}', expected: identifier";
            }
            else
            {
                values = [_tokens[_position++]];
            }
        }

        if (found is LabelOperator.GreaterThan or LabelOperator.LessThan && !long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return $"values[0]: Invalid value: {Validation.FieldErrors.Quote(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer";
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (CheckValue(values[i]) is { } rule)
            {
                return $"values[{i}][{key}]: Invalid value: {Validation.FieldErrors.Quote(values[i])}: {rule}";
            }
        }

        requirement = new LabelRequirement(key, found.Value, [.. values.Distinct()]);
        return null;
    }

    private string? ParseValues(out List<string> values)
    {
        values = [];
        if (Current != "(")
        {
            return $"found '{Current}' expected: '('";
        }

        _position++;
        while (true)
        {
            if (Current is "," or ")")
            {
                values.Add("");
            }
            else if (Current == "" || IsSymbol(Current))
            {
                return $"found '{Current}', expected: ',', {(values.Count == 0 ? "')' " : "")}or identifier";
            }
            else
            {
                values.Add(_tokens[_position++]);
            }

            if (Current == ")")
            {
                _position++;
                return null;
            }

            if (Current != ",")
            {
                return $"found '{Current}', expected: ',' or ')'";
            }

            _position++;
        }
    }

    private static string? CheckKey(string key)
    {
        var quoted = Validation.FieldErrors.Quote(key);
        var parts = key.Split('/');
        if (parts.Length > 2)
        {
            return $"<nil>: Invalid value: {quoted}: a qualified name {NameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                return $"<nil>: Invalid value: {quoted}: prefix part must be non-empty";
            }

            if (parts[0].Length > PrefixLengthMax || !Subdomain().IsMatch(parts[0]))
            {
                return $"<nil>: Invalid value: {quoted}: prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
            }
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            return $"<nil>: Invalid value: {quoted}: name part must be non-empty";
        }

        if (name.Length > NameLengthMax)
        {
            return $"<nil>: Invalid value: {quoted}: name part must be no more than 63 characters";
        }

        return Name().IsMatch(name) ? null : $"<nil>: Invalid value: {quoted}: name part {NameRule}";
    }

    private static string? CheckValue(string value)
    {
        if (value.Length > NameLengthMax)
        {
            return "must be no more than 63 characters";
        }

        return value.Length == 0 || Name().IsMatch(value)
            ? null
            : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    }

    private static bool IsSymbol(string token) => token is "(" or ")" or "," or "!" or "=" or "==" or "!=" or ">" or "<";

    private static List<string> Tokenize(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                i++;
                continue;
            }

            var start = i;
            if (c is '(' or ')' or ',' or '>' or '<')
            {
                i++;
            }
            else if (c is '=' or '!')
            {
                i += i + 1 < text.Length && text[i + 1] == '=' ? 2 : 1;
            }
            else
            {
                while (i < text.Length && text[i] is not (' ' or '\t' or '\r' or '\n' or '(' or ')' or ',' or '>' or '<' or '=' or '!'))
                {
                    i++;
                }
            }

            tokens.Add(text[start..i]);
        }

        return tokens;
    }

    [GeneratedRegex("^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();
}
