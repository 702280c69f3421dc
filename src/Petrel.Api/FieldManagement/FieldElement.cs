using System.Buffers;
using System.Text;
using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// One step of a path in an object, in the text form that FieldsV1 uses: <c>f:NAME</c> a field, <c>k:{"KEY":VALUE}</c> a list item by its
/// keys, <c>v:VALUE</c> a set item, <c>i:INDEX</c> an item by its index.
/// </summary>
internal static class FieldElement
{
    public static string OfName(string name) => "f:" + name;

    public static string OfValue(JsonTree value) => "v:" + value;

    /// <summary>The step to the item with these keys, which are sorted by name.</summary>
    public static string OfKeys(ReadOnlySpan<KeyValuePair<string, JsonTree>> keys)
    {
        var output = new ArrayBufferWriter<byte>(64);
        output.Write("k:{"u8);
        for (var i = 0; i < keys.Length; i++)
        {
            output.Write(i > 0 ? ","u8 : ""u8);
            JsonTreeWriter.WriteText(keys[i].Key, output);
            output.Write(":"u8);
            JsonTreeWriter.Write(keys[i].Value, output);
        }

        output.Write("}"u8);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The step as given by a client, in the form in which equal steps are equal texts; null when it is none.</summary>
    public static string? Normalize(string element)
    {
        if (element.StartsWith("f:", StringComparison.Ordinal) || element.StartsWith("i:", StringComparison.Ordinal))
        {
            return element;
        }

        // Only texts with blanks, escapes or several keys can be written in more than one way.
        var isKeys = element.StartsWith("k:", StringComparison.Ordinal);
        if (element.Length > 2 && (isKeys ? element[2] == '{' : element.StartsWith("v:", StringComparison.Ordinal)) && element.AsSpan().IndexOfAny(' ', ',', '\\') < 0
            && IsJson(element.AsSpan(2)))
        {
            return element;
        }

        if (element.Length <= 2 || element[1] != ':' || !JsonTree.TryParse(Encoding.UTF8.GetBytes(element[2..]), out var tree, out _))
        {
            return null;
        }

        return (element[0], tree) switch
        {
            ('v', _) => OfValue(tree),
            ('k', JsonMap map) => OfKeys(map.Span.ToArray().OrderBy(static key => key.Key, Utf8Order.Comparer).ToArray()),
            _ => null,
        };
    }

    private static bool IsJson(ReadOnlySpan<char> text)
    {
        const int ShortBytes = 256;
        var length = Encoding.UTF8.GetByteCount(text);
        var utf8 = length <= ShortBytes ? stackalloc byte[ShortBytes] : new byte[length];
        Encoding.UTF8.GetBytes(text, utf8);
        return JsonSyntax.FindError(utf8[..length]) is null;
    }

    /// <summary>The step as messages show it: <c>.name</c>, <c>[name="a"]</c>, <c>[="x"]</c>, <c>[3]</c>.</summary>
    public static string Describe(string element)
    {
        var text = element[2..];
        return element[0] switch
        {
            'f' => "." + text,
            'v' => $"[={text}]",
            'k' when JsonTree.TryParse(Encoding.UTF8.GetBytes(text), out var tree, out _) && tree is JsonMap map =>
                $"[{string.Join(',', map.Span.ToArray().Select(static key => $"{key.Key}={key.Value}"))}]",
            _ => $"[{text}]",
        };
    }

    /// <summary>The order in which messages list steps: fields, items by key, items by value, items by index.</summary>
    public static int CompareForMessages(string left, string right)
    {
        const string Kinds = "fkvi";
        var order = Kinds.IndexOf(left[0], StringComparison.Ordinal).CompareTo(Kinds.IndexOf(right[0], StringComparison.Ordinal));
        return order != 0 ? order : Utf8Order.Compare(left, right);
    }
}
