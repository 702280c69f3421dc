using System.Text.Json.Nodes;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>Finds where two OpenAPI documents differ in anything but their descriptions.</summary>
internal sealed class StructuralDifferences
{
    private static readonly string[] Sets = ["required", "consumes", "produces", "parameters", "enum", "x-kubernetes-group-version-kind"];

    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Add(string difference) => _found.Add(difference);

    public void Compare(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject want, JsonObject got):
                foreach (var name in want.Select(each => each.Key).Union(got.Select(each => each.Key)).Where(name => !IsDescription(name, want[name] ?? got[name])))
                {
                    if (!want.ContainsKey(name) || !got.ContainsKey(name))
                    {
                        Add($"{path}.{name}: {(want.ContainsKey(name) ? "missing " : "not expected ")}{Short(want[name] ?? got[name])}");
                    }
                    else
                    {
                        Compare($"{path}.{name}", want[name], got[name]);
                    }
                }

                break;
            case (JsonArray want, JsonArray got):
                CompareLists(path, want, got);
                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    Add($"{path}: {Short(expected)} expected, {Short(actual)} found");
                }

                break;
        }
    }

    private void CompareLists(string path, JsonArray want, JsonArray got)
    {
        var (left, right) = (want.ToList(), got.ToList());
        if (Sets.Any(name => path.EndsWith("." + name, StringComparison.Ordinal)))
        {
            left.Sort(static (a, b) => string.CompareOrdinal(Key(a), Key(b)));
            right.Sort(static (a, b) => string.CompareOrdinal(Key(a), Key(b)));
        }

        if (left.Count != right.Count)
        {
            Add($"{path}: {Short(want)} expected, {Short(got)} found");
            return;
        }

        for (var i = 0; i < left.Count; i++)
        {
            Compare($"{path}[{i}]", left[i], right[i]);
        }
    }

    private static string Key(JsonNode? node) => node is JsonObject map
        ? string.Join('/', new[] { "name", "in", "group", "version", "kind" }.Select(name => (map[name] as JsonValue)?.ToString()))
        : node?.ToJsonString() ?? "";

    // A property may be called description, too: then it is an object.
    private static bool IsDescription(string name, JsonNode? value) => name == "description" && value is JsonValue;

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 200)] : "null";
}
