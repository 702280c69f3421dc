using Petrel.Api.Json;

namespace Petrel.Api.Yaml;

/// <summary>Turns YAML nodes into a JSON tree: types scalars, follows aliases, merges mappings, sorts names.</summary>
/// <param name="duplicates">Receives one line for each key that a mapping gives twice.</param>
internal sealed class YamlNodeConverter(ICollection<string> duplicates)
{
    // Limits on what aliases may blow a document up to: a share of all nodes, smaller the more there are.
    private const int FreeAliasedNodes = 100;
    private const int FreeNodes = 1000;
    private const int ManyNodes = 400_000;
    private const int TooManyNodes = 4_000_000;
    private const double ShareOfFew = 0.99;
    private const double ShareOfMany = 0.10;

    // Aliases whose targets are being converted: one that meets itself has no end.
    private readonly HashSet<YamlNode> _open = new(ReferenceEqualityComparer.Instance);
    private int _nodes;
    private int _aliasedNodes;

    public JsonTree Convert(YamlNode node)
    {
        Count();
        return node.Kind switch
        {
            YamlNodeKind.Scalar => ToTree(YamlScalar.Resolve(node)),
            YamlNodeKind.Sequence => JsonList.Create([.. node.Children.Select(Convert)]),
            YamlNodeKind.Mapping => ConvertMapping(node),
            _ => Follow(node, Convert),
        };
    }

    private JsonMap ConvertMapping(YamlNode node)
    {
        var builder = new JsonMapBuilder();
        FillMapping(node, new MappingContent(builder, []));
        return builder.ToSortedMap();
    }

    private void FillMapping(YamlNode mapping, MappingContent content)
    {
        for (var i = 0; i < mapping.Children.Count; i += 2)
        {
            var (key, value) = (mapping.Children[i], mapping.Children[i + 1]);
            if (key.IsMerge)
            {
                Merge(value, content);
                continue;
            }

            var typedKey = ResolveKey(key);
            if (!content.Keys.Add(typedKey))
            {
                duplicates.Add($"line {value.Line}: key {YamlKey.Describe(typedKey)} already set in map");
            }

            content.Builder.Set(YamlKey.ToName(typedKey), Convert(value));
        }
    }

    private void Merge(YamlNode node, MappingContent content)
    {
        switch (node.Kind)
        {
            case YamlNodeKind.Mapping:
                FillMapping(node, content);
                break;
            case YamlNodeKind.Alias when node.Target!.Kind == YamlNodeKind.Mapping:
                Follow(node, target =>
                {
                    FillMapping(target, content);
                    return JsonTree.Null;
                });
                break;
            case YamlNodeKind.Sequence when node.Children.TrueForAll(IsMapping):
                // The first mapping wins, so it is merged last.
                for (var i = node.Children.Count - 1; i >= 0; i--)
                {
                    Merge(node.Children[i], content);
                }

                break;
            default:
                throw new YamlContentException("yaml: map merge requires map or sequence of maps as the value");
        }
    }

    private static bool IsMapping(YamlNode node) => (node.Target ?? node).Kind == YamlNodeKind.Mapping;

    private object ResolveKey(YamlNode node)
    {
        var key = node.Kind == YamlNodeKind.Alias ? node.Target! : node;
        if (key.Kind != YamlNodeKind.Scalar)
        {
            throw new YamlContentException($"yaml: invalid map key: {Convert(key)}");
        }

        Count();
        return YamlScalar.Resolve(key) ?? throw new YamlContentException("unsupported map key of type: %!s(<nil>), key: <nil>");
    }

    private JsonTree Follow(YamlNode alias, Func<YamlNode, JsonTree> convert)
    {
        if (!_open.Add(alias.Target!))
        {
            throw new YamlContentException($"yaml: anchor '{alias.Value}' value contains itself");
        }

        var tree = convert(alias.Target!);
        _open.Remove(alias.Target!);
        return tree;
    }

    private void Count()
    {
        _nodes++;
        _aliasedNodes += _open.Count > 0 ? 1 : 0;
        if (_aliasedNodes > FreeAliasedNodes && _nodes > FreeNodes && (double)_aliasedNodes / _nodes > AllowedShare(_nodes))
        {
            throw new YamlContentException("yaml: document contains excessive aliasing");
        }
    }

    private static double AllowedShare(int nodes) => nodes switch
    {
        <= ManyNodes => ShareOfFew,
        >= TooManyNodes => ShareOfMany,
        _ => ShareOfFew - ((ShareOfFew - ShareOfMany) * (nodes - ManyNodes) / (TooManyNodes - ManyNodes)),
    };

    private static JsonTree ToTree(object? scalar) => scalar switch
    {
        null => JsonTree.Null,
        bool value => value,
        long value => value,
        ulong value => new JsonNumber((double)value),
        double value when double.IsFinite(value) => new JsonNumber(value),
        double value => throw new YamlContentException($"json: unsupported value: {YamlKey.Describe(value)}"),
        var value => (string)value,
    };

    /// <summary>What a mapping holds so far; merged mappings add to it.</summary>
    private sealed record MappingContent(JsonMapBuilder Builder, HashSet<object> Keys);
}
