using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Petrel.Api.Yaml;

/// <summary>Reads the nodes of the first document of a YAML text.</summary>
internal sealed class YamlNodeReader
{
    private const string StandardTagPrefix = "tag:yaml.org,2002:";

    /// <summary>Deepest nesting that is read, as for JSON.</summary>
    private const int MaxDepth = Json.JsonTree.MaxDepth;

    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly string _text;
    private readonly Parser _parser;

    // How many collections in braces or brackets are open: within them tabs are just blanks.
    private int _flowDepth;

    private YamlNodeReader(string text)
    {
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    public static YamlNode ReadDocument(string text)
    {
        var reader = new YamlNodeReader(text);
        reader.Next();
        reader.Next();
        if (reader._parser.Current is StreamEnd)
        {
            return new YamlNode(YamlNodeKind.Scalar, 1) { IsPlain = true };
        }

        reader.Next();
        var root = reader.Read(0);

        // What follows the node up to the end of the document must be well formed as well.
        reader.Next();
        return root;
    }

    private YamlNode Read(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlContentException($"yaml: exceeded max depth of {MaxDepth}");
        }

        RefuseTabs();
        return _parser.Current switch
        {
            AnchorAlias alias => new YamlNode(YamlNodeKind.Alias, alias.Start.Line) { Value = alias.Value.Value, Target = Resolve(alias.Value.Value) },
            Scalar scalar => Anchored(scalar, new YamlNode(YamlNodeKind.Scalar, scalar.Start.Line)
            {
                Tag = ShortTag(scalar.Tag),
                Value = scalar.Value,
                IsPlain = scalar.Style == ScalarStyle.Plain,
            }),
            SequenceStart start => ReadChildren<SequenceEnd>(
                Anchored(start, new YamlNode(YamlNodeKind.Sequence, start.Start.Line)), start.Style == SequenceStyle.Flow, depth),
            MappingStart start => ReadChildren<MappingEnd>(
                Anchored(start, new YamlNode(YamlNodeKind.Mapping, start.Start.Line)), start.Style == MappingStyle.Flow, depth),
            var other => throw new InvalidOperationException($"unexpected YAML event {other}"),
        };
    }

    private YamlNode ReadChildren<TEnd>(YamlNode node, bool isFlow, int depth)
        where TEnd : ParsingEvent
    {
        _flowDepth += isFlow ? 1 : 0;
        while (Next() is not TEnd)
        {
            node.Children.Add(Read(depth + 1));
        }

        _flowDepth -= isFlow ? 1 : 0;
        return node;
    }

    private ParsingEvent Next()
    {
        var line = _parser.Current?.End.Line ?? 1;
        try
        {
            _parser.MoveNext();
            return _parser.Current!;
        }
        catch (InvalidOperationException)
        {
            // The scanner trips over a plain scalar of several lines that turns out to be a key in braces or brackets.
            throw new YamlContentException($"yaml: line {line}: did not find expected ',' or '}}'");
        }
    }

    // Indentation by tabs is refused; the parser lets it pass.
    private void RefuseTabs()
    {
        var current = _parser.Current!;
        if (_flowDepth > 0 || current.Start.Index == current.End.Index)
        {
            return;
        }

        var position = (int)current.Start.Index - 1;
        var hasTab = false;
        for (; position >= 0 && _text[position] is ' ' or '\t'; position--)
        {
            hasTab |= _text[position] == '\t';
        }

        if (hasTab && (position < 0 || _text[position] is '\n' or '\r' or '-' or '?'))
        {
            throw new YamlContentException($"yaml: {YamlProblem.Where(current.Start.Line)}found character that cannot start any token");
        }
    }

    private YamlNode Anchored(NodeEvent nodeEvent, YamlNode node)
    {
        if (!nodeEvent.Anchor.IsEmpty)
        {
            _anchors[nodeEvent.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Resolve(string anchor) =>
        _anchors.GetValueOrDefault(anchor) ?? throw new YamlContentException($"yaml: unknown anchor '{anchor}' referenced");

    private static string ShortTag(TagName tag)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return string.Empty;
        }

        return tag.Value.StartsWith(StandardTagPrefix, StringComparison.Ordinal) ? "!!" + tag.Value[StandardTagPrefix.Length..] : tag.Value;
    }
}
