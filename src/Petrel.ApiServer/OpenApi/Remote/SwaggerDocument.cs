using Petrel.Api.Json;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>An OpenAPI 2.0 document that another server wrote, as far as it is merged with others.</summary>
internal sealed record SwaggerDocument(JsonMap Paths, JsonMap Definitions, JsonMap Parameters)
{
    private const string DefinitionPath = "#/definitions/";
    private const string ParameterPath = "#/parameters/";
    private const string Kinds = "x-kubernetes-group-version-kind";

    public static SwaggerDocument Empty { get; } = new(JsonMap.Empty, JsonMap.Empty, JsonMap.Empty);

    public static SwaggerDocument Of(JsonMap document) =>
        new(document.FindMap("paths") ?? JsonMap.Empty, document.FindMap("definitions") ?? JsonMap.Empty, document.FindMap("parameters") ?? JsonMap.Empty);

    /// <summary>The whole document with these parts in place of its own.</summary>
    public JsonMap In(JsonMap document) => document.With("paths", Paths).With("definitions", Definitions).With("parameters", Parameters);

    /// <summary>Only the paths below a prefix, and what they need.</summary>
    public SwaggerDocument Below(string prefix)
    {
        var paths = Where(Paths, path => path.StartsWith(prefix, StringComparison.Ordinal));
        return (this with { Paths = paths }).Used();
    }

    /// <summary>
    /// This document with what another one has besides. Its own paths stay as they are; a definition or parameter of the same name that says
    /// something else gets a name of its own, with _v2 or a higher number behind it.
    /// </summary>
    public SwaggerDocument With(SwaggerDocument other)
    {
        other = (other with { Paths = Where(other.Paths, path => !Paths.ContainsKey(path)) }).Used();
        if (other.Paths.Count == 0)
        {
            return this;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        AddNewNames(names, DefinitionPath, Definitions, other.Definitions);
        AddNewNames(names, ParameterPath, Parameters, other.Parameters);
        return new SwaggerDocument(
            Joined(Paths, other.Paths, "", names),
            Joined(Definitions, other.Definitions, DefinitionPath, names),
            Joined(Parameters, other.Parameters, ParameterPath, names));
    }

    /// <summary>What <paramref name="whole"/> has besides this document: the difference that <see cref="With"/> made.</summary>
    public SwaggerDocument Additions(SwaggerDocument whole) => new(
        Where(whole.Paths, path => !Paths.ContainsKey(path)),
        Where(whole.Definitions, name => !Definitions.ContainsKey(name)),
        Where(whole.Parameters, name => !Parameters.ContainsKey(name)));

    /// <summary>Without the definitions and parameters that no path leads to.</summary>
    private SwaggerDocument Used()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonTree>([Paths]);
        while (open.TryPop(out var next))
        {
            foreach (var reference in References(next).Where(used.Add))
            {
                var target = reference.StartsWith(DefinitionPath, StringComparison.Ordinal) ? Definitions.Find(reference[DefinitionPath.Length..])
                    : reference.StartsWith(ParameterPath, StringComparison.Ordinal) ? Parameters.Find(reference[ParameterPath.Length..])
                    : null;
                if (target is not null)
                {
                    open.Push(target);
                }
            }
        }

        return this with
        {
            Definitions = Where(Definitions, name => used.Contains(DefinitionPath + name)),
            Parameters = Where(Parameters, name => used.Contains(ParameterPath + name)),
        };
    }

    private static void AddNewNames(Dictionary<string, string> names, string path, JsonMap own, JsonMap others)
    {
        foreach (var (name, value) in others)
        {
            var chosen = name;
            for (var number = 2; (own.Find(chosen) is { } taken && !IsSame(taken, value)) || (chosen != name && others.ContainsKey(chosen)); number++)
            {
                chosen = $"{name}_v{number}";
            }

            if (chosen != name)
            {
                names[path + name] = path + chosen;
            }
        }
    }

    /// <summary>Types that serve several kinds list them; each server knows its own, which makes no other type of it.</summary>
    private static bool IsSame(JsonTree one, JsonTree other) =>
        one.Equals(other) || (one is JsonMap map && other is JsonMap otherMap && map.Without(Kinds).Equals(otherMap.Without(Kinds)));

    private static JsonTree WithKinds(JsonTree one, JsonTree other) => one is JsonMap map && map.Find(Kinds) is JsonList kinds && (other as JsonMap)?.Find(Kinds) is JsonList more
        ? map.With(Kinds, JsonList.Create([.. kinds.Union(more)]))
        : one;

    private static JsonMap Joined(JsonMap own, JsonMap others, string path, Dictionary<string, string> names)
    {
        var joined = new SortedDictionary<string, JsonTree>(StringComparer.Ordinal);
        foreach (var (name, value) in own)
        {
            joined[name] = value;
        }

        foreach (var (name, value) in others)
        {
            var chosen = names.GetValueOrDefault(path + name) is { } renamed ? renamed[path.Length..] : name;
            joined[chosen] = joined.TryGetValue(chosen, out var known) ? WithKinds(known, value) : Renamed(value, names);
        }

        return MapOf(joined);
    }

    private static JsonTree Renamed(JsonTree tree, Dictionary<string, string> names) => names.Count == 0 ? tree : tree switch
    {
        JsonMap map => MapOf(Entries(map).Select(entry => KeyValuePair.Create(
            entry.Key,
            entry is { Key: "$ref", Value: JsonText { Value: var reference } } && names.TryGetValue(reference, out var other) ? new JsonText(other) : Renamed(entry.Value, names)))),
        JsonList list => JsonList.Create([.. list.Select(item => Renamed(item, names))]),
        _ => tree,
    };

    private static IEnumerable<string> References(JsonTree tree) => tree switch
    {
        JsonMap map => Entries(map).SelectMany(static entry => entry is { Key: "$ref", Value: JsonText { Value: var reference } } ? [reference] : References(entry.Value)),
        JsonList list => list.SelectMany(References),
        _ => [],
    };

    private static JsonMap Where(JsonMap map, Func<string, bool> holds) => MapOf(Entries(map).Where(entry => holds(entry.Key)));

    private static JsonMap MapOf(IEnumerable<KeyValuePair<string, JsonTree>> entries) => JsonMap.Create([.. entries]);

    private static IEnumerable<KeyValuePair<string, JsonTree>> Entries(JsonMap map) => map;
}
