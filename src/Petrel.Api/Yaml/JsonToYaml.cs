using System.Globalization;
using System.Text;
using Petrel.Api.Json;

namespace Petrel.Api.Yaml;

/// <summary>
/// Writes JSON as the YAML that upstream's API server and kubectl print: names in natural order, two blanks of indentation, lists not
/// indented, block scalars for texts of several lines, other texts folded behind column 80, quotes where a reader of YAML 1.1 needs them.
/// </summary>
public sealed class JsonToYaml
{
    private const int IndentStep = 2;

    /// <summary>Longer names are written with <c>?</c>: readers look no further for the colon.</summary>
    private const int MaxSimpleKeyBytes = 128;

    private readonly YamlOutput _output = new();

    private JsonToYaml()
    {
    }

    public static byte[] Convert(JsonTree tree) => Encoding.UTF8.GetBytes(ToText(tree));

    public static string ToText(JsonTree tree)
    {
        var writer = new JsonToYaml();
        writer.WriteNode(tree, -IndentStep, Place.Root);
        return writer._output.Finish();
    }

    // The indent is that of the collection the node is in.
    private void WriteNode(JsonTree tree, int indent, Place place)
    {
        switch (tree)
        {
            case JsonMap { Count: > 0 } map:
                WriteMap(map, indent + IndentStep, place);
                break;
            case JsonList { Count: > 0 } list:
                WriteList(list, place == Place.Value ? indent : indent + IndentStep, place);
                break;
            default:
                _output.Separate();
                WriteScalar(tree, indent + IndentStep, isKey: false);
                break;
        }
    }

    private void WriteMap(JsonMap map, int indent, Place place)
    {
        var entries = map.Span.ToArray();
        Array.Sort(entries, static (left, right) => NaturalOrder.Compare(left.Key, right.Key));
        var first = true;
        foreach (var (key, value) in entries)
        {
            StartLine(indent, first, place);
            first = false;
            WriteKey(key, indent);
            WriteNode(value, indent, Place.Value);
        }
    }

    private void WriteKey(string key, int indent)
    {
        if (Encoding.UTF8.GetByteCount(key) <= MaxSimpleKeyBytes && !key.Contains('\n', StringComparison.Ordinal))
        {
            WriteScalar(new JsonText(key), indent, isKey: true);
            _output.Append(":");
            return;
        }

        _output.Append("? ");
        WriteScalar(new JsonText(key), indent + IndentStep, isKey: false);
        _output.NewLine(indent);
        _output.Append(":");
    }

    private void WriteList(JsonList list, int indent, Place place)
    {
        var first = true;
        foreach (var item in list)
        {
            StartLine(indent, first, place);
            first = false;
            _output.Append("-");
            WriteNode(item, indent, Place.Item);
        }
    }

    // The first line of a collection in a list item, or of the document, goes on where the output stands.
    private void StartLine(int indent, bool first, Place place)
    {
        if (first && place == Place.Item)
        {
            _output.Append(" ");
        }
        else if (!first || place != Place.Root)
        {
            _output.NewLine(indent);
        }
    }

    private void WriteScalar(JsonTree tree, int indent, bool isKey)
    {
        switch (tree)
        {
            case JsonText text:
                YamlTextWriter.Write(text.Value, _output, indent, isKey);
                break;
            case JsonNumber { IsInteger: true } number:
                _output.Append(number.Integer.ToString(CultureInfo.InvariantCulture));
                break;
            case JsonNumber number:
                _output.Append(RealText.FormatGeneral(number.Real));
                break;
            case JsonBoolean boolean:
                _output.Append(boolean.Value ? "true" : "false");
                break;
            case JsonMap:
                _output.Append("{}");
                break;
            case JsonList:
                _output.Append("[]");
                break;
            default:
                _output.Append("null");
                break;
        }
    }

    private enum Place
    {
        Root,
        Value,
        Item,
    }
}
