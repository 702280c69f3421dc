using System.Globalization;
using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// Drops fields that a schema does not name (kubernetes.io, "Field pruning"). Apart from it, x-kubernetes-preserve-unknown-fields keeps
/// them until properties are named again, also those of the items of a list, and apiVersion, kind and metadata of whole resources always stay.
/// </summary>
internal sealed class Pruning
{
    /// <summary>Paths of dropped fields that are kept to be told; a hostile body must not cost memory.</summary>
    private const int PathsMax = 100;

    private readonly List<string> _dropped = [];

    private Pruning()
    {
    }

    /// <summary>The content of an object (without apiVersion, kind and metadata) without what its schema does not name.</summary>
    /// <param name="dropped">Paths of the dropped fields, sorted.</param>
    public static JsonMap Prune(JsonMap content, StructuralSchema? schema, out IReadOnlyList<string> dropped)
    {
        var pruning = new Pruning();
        var pruned = pruning.PruneMap(content, schema, "", keepsUnknown: false);
        pruning._dropped.Sort(StringComparer.Ordinal);
        dropped = pruning._dropped;
        return pruned;
    }

    /// <summary>Any value without what its schema does not name; the value itself when there is nothing to take out.</summary>
    public static JsonTree Prune(JsonTree value, StructuralSchema schema) => new Pruning().Prune(value, schema, "");

    private JsonTree Prune(JsonTree value, StructuralSchema? schema, string path, bool keepsUnknown = false) => value switch
    {
        JsonMap map => PruneMap(map, schema, path, keepsUnknown),
        JsonList list => PruneList(list, schema, path, keepsUnknown),
        _ => value,
    };

    private JsonMap PruneMap(JsonMap map, StructuralSchema? schema, string path, bool keepsUnknown)
    {
        keepsUnknown |= schema is { PreservesUnknown: true };
        JsonMapBuilder? kept = null;
        for (var i = 0; i < map.Count; i++)
        {
            var (name, value) = map.Span[i];
            var next = Member(name, value, schema, path.Length == 0 ? name : path + "." + name, keepsUnknown);
            if (kept is null && !ReferenceEquals(next, value))
            {
                // The first difference; what came before stays as it is.
                kept = new JsonMapBuilder(map.Count);
                foreach (var (earlier, same) in map.Span[..i])
                {
                    kept.Set(earlier, same);
                }
            }

            if (next is not null)
            {
                kept?.Set(name, next);
            }
        }

        return kept?.ToMap() ?? map;
    }

    // Null: it goes.
    private JsonTree? Member(string name, JsonTree value, StructuralSchema? schema, string path, bool keepsUnknown)
    {
        if (schema is { IsEmbedded: true } && name is "apiVersion" or "kind" or "metadata")
        {
            return value;
        }

        if (schema is not null && (schema.Properties.ContainsKey(name) || schema.AllowsMore))
        {
            return Prune(value, schema.Child(name), path);
        }

        if (keepsUnknown)
        {
            return value;
        }

        if (_dropped.Count < PathsMax)
        {
            _dropped.Add(path);
        }

        return null;
    }

    private JsonList PruneList(JsonList list, StructuralSchema? schema, string path, bool keepsUnknown)
    {
        keepsUnknown |= schema is { PreservesUnknown: true };
        JsonTree[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            var next = Prune(list[i], schema?.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), keepsUnknown);
            if (!ReferenceEquals(next, list[i]))
            {
                changed ??= list.Span.ToArray();
                changed[i] = next;
            }
        }

        return changed is null ? list : JsonList.Create(changed);
    }
}
