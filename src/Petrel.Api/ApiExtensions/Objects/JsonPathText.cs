using System.Globalization;
using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// A JSON path of a printer column or scale, in kubectl's notation: <c>.a.b</c>, <c>['a']</c>, <c>[0]</c>, <c>[-1]</c>, <c>[*]</c>,
/// <c>[1:3]</c> and <c>[?(@.type=="Ready")]</c>; dots in names are escaped by a backslash.
/// </summary>
internal sealed class JsonPathText
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPathText(IReadOnlyList<Step> steps) => _steps = steps;

    private delegate IEnumerable<JsonTree> Step(JsonTree value);

    /// <summary>The path; one that finds nothing when the text is no such path.</summary>
    public static JsonPathText Parse(string text)
    {
        var steps = new List<Step>();
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var step = rest[0] == '[' ? Bracket(ref rest) : Name(ref rest);
            if (step is null)
            {
                return new JsonPathText([static _ => []]);
            }

            steps.Add(step);
        }

        return new JsonPathText(steps);
    }

    /// <summary>Everything the path leads to, in order.</summary>
    public IEnumerable<JsonTree> Find(JsonTree root) =>
        _steps.Aggregate<Step, IEnumerable<JsonTree>>([root], static (values, step) => values.SelectMany(value => step(value)));

    private static Step? Name(ref ReadOnlySpan<char> rest)
    {
        rest = rest[0] == '.' ? rest[1..] : rest;
        var name = new System.Text.StringBuilder();
        var i = 0;
        for (; i < rest.Length && rest[i] is not ('.' or '['); i++)
        {
            i += rest[i] == '\\' && i + 1 < rest.Length ? 1 : 0;
            name.Append(rest[i]);
        }

        rest = rest[i..];
        return name.Length == 0 ? null : name.ToString() is "*" ? All : Member(name.ToString());
    }

    private static Step? Bracket(ref ReadOnlySpan<char> rest)
    {
        var end = EndOf(rest);
        if (end < 0)
        {
            return null;
        }

        var inner = rest[1..end].Trim();
        rest = rest[(end + 1)..];
        if (inner is "*")
        {
            return All;
        }

        if (inner.Length > 1 && inner[0] is '\'' or '"' && inner[^1] == inner[0])
        {
            return Member(inner[1..^1].ToString().Replace("\\", "", StringComparison.Ordinal));
        }

        if (inner.StartsWith("?(") && inner[^1] == ')')
        {
            return Filter(inner[2..^1].Trim().ToString());
        }

        return Range(inner.ToString());
    }

    // Brackets and quotes nest inside filters.
    private static int EndOf(ReadOnlySpan<char> text)
    {
        var (depth, quote) = (0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
                continue;
            }

            switch (text[i])
            {
                case '\'' or '"':
                    quote = text[i];
                    break;
                case '[':
                    depth++;
                    break;
                case ']' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }

    private static Step Member(string name) => value => value is JsonMap map && map.Find(name) is { } found ? [found] : [];

    private static IEnumerable<JsonTree> All(JsonTree value) => value switch
    {
        JsonList list => list,
        JsonMap map => map.Values,
        _ => [],
    };

    private static Step? Range(string text)
    {
        var parts = text.Split(':');
        var numbers = new int?[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim();
            if (part.Length == 0 && parts.Length > 1)
            {
                continue;
            }

            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers[i] = number;
        }

        if (numbers.Length == 1)
        {
            return value => value is JsonList list && FromEnd(numbers[0]!.Value, list.Count) is >= 0 and var index && index < list.Count ? [list[index]] : [];
        }

        var step = numbers.Length > 2 ? numbers[2] ?? 1 : 1;
        return numbers.Length > 3 || step <= 0 ? null : value => Slice(value, numbers[0], numbers[1], step);
    }

    private static IEnumerable<JsonTree> Slice(JsonTree value, int? from, int? to, int step)
    {
        if (value is not JsonList list)
        {
            yield break;
        }

        var end = Math.Min(list.Count, FromEnd(to ?? list.Count, list.Count));
        for (var i = Math.Max(0, FromEnd(from ?? 0, list.Count)); i < end; i += step)
        {
            yield return list[i];
        }
    }

    private static int FromEnd(int index, int count) => index < 0 ? index + count : index;

    private static Step? Filter(string text)
    {
        foreach (var name in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            if (at > 0 && text[0] == '@')
            {
                var (left, right) = (Parse(text[1..at].Trim()), Literal(text[(at + name.Length)..].Trim()));
                return right is null ? null : value => Items(value).Where(item => left.Find(item).FirstOrDefault() is { } found && Compares(found, name, right));
            }
        }

        if (!text.StartsWith('@'))
        {
            return null;
        }

        var path = Parse(text[1..]);
        return value => Items(value).Where(item => path.Find(item).Any());
    }

    private static IEnumerable<JsonTree> Items(JsonTree value) => value as JsonList ?? [];

    private static JsonTree? Literal(string text)
    {
        if (text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return text[1..^1];
        }

        return JsonTree.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value, out _) && value is not (JsonMap or JsonList) ? value : null;
    }

    private static bool Compares(JsonTree left, string name, JsonTree right)
    {
        int? order = (left, right) switch
        {
            (JsonText a, JsonText b) => string.CompareOrdinal(a.Value, b.Value),
            (JsonNumber a, JsonNumber b) => a.Real.CompareTo(b.Real),
            _ => left.Equals(right) ? 0 : null,
        };
        return (name, order) switch
        {
            ("==", _) => order == 0,
            ("!=", _) => order != 0,
            ("<", < 0) or ("<=", <= 0) or (">", > 0) or (">=", >= 0) => true,
            _ => false,
        };
    }
}
