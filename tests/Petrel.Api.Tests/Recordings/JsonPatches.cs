using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Petrel.Api.Tests.Recordings;

/// <summary>Enough of JSON merge patch and JSON patch for the recorded scenarios, and a listing of what differs.</summary>
internal static class JsonPatches
{
    /// <param name="byName">Items of lists with the same name are merged, as a strategic merge patch does for containers.</param>
    public static JsonNode? Merge(JsonNode? target, JsonNode? patch, bool byName = false)
    {
        if (byName && patch is JsonArray items && items.All(static item => item?["name"] is not null))
        {
            return MergeByName(target as JsonArray ?? [], items);
        }

        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject existing ? existing.DeepClone().AsObject() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Merge(result[name], value, byName);
            }
        }

        return result;
    }

    private static JsonArray MergeByName(JsonArray target, JsonArray items)
    {
        var result = target.DeepClone().AsArray();
        foreach (var item in items)
        {
            var index = result.ToList().FindIndex(each => (string?)each!["name"] == (string?)item!["name"]);
            if (index < 0)
            {
                result.Add(item!.DeepClone());
            }
            else
            {
                result[index] = Merge(result[index], item, byName: true);
            }
        }

        return result;
    }

    public static JsonNode Apply(JsonNode document, JsonArray patch)
    {
        var result = document.DeepClone();
        foreach (var operation in patch)
        {
            var path = ((string)operation!["path"]!).Split('/').Skip(1).Select(static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            var parent = path.SkipLast(1).Aggregate(result, static (node, part) => node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);
            Change(parent, path[^1], (string)operation["op"]!, operation["value"]?.DeepClone());
        }

        return result;
    }

    /// <summary>A line for every place where the two differ.</summary>
    public static IEnumerable<string> Differences(JsonNode? want, JsonNode? got, string path)
    {
        if (want is JsonObject left && got is JsonObject right)
        {
            return left.Select(static each => each.Key).Union(right.Select(static each => each.Key)).SelectMany(name => left.ContainsKey(name) == right.ContainsKey(name)
                ? Differences(left[name], right[name], path + "." + name)
                : [$"{path}.{name}: want {Show(left, name)}, got {Show(right, name)}"]);
        }

        if (want is JsonArray list && got is JsonArray other && list.Count == other.Count)
        {
            return list.SelectMany((item, index) => Differences(item, other[index], $"{path}[{index}]"));
        }

        return JsonNode.DeepEquals(want, got) || (IsMaskedTime(want) && IsTime(got)) ? [] : [$"{path}: want {want?.ToJsonString() ?? "null"}, got {got?.ToJsonString() ?? "null"}"];
    }

    private static string Show(JsonObject parent, string name) =>
        !parent.ContainsKey(name) ? "nothing" : parent[name]?.ToJsonString() ?? "null";

    // Recordings keep no times: any time is as good.
    private static bool IsMaskedTime(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String && ((string)value!).StartsWith("2025-01-01T00:00:00", StringComparison.Ordinal);

    private static bool IsTime(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse((string)value!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static void Change(JsonNode parent, string name, string operation, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            var index = name == "-" ? list.Count : int.Parse(name, CultureInfo.InvariantCulture);
            if (operation is "remove" or "replace")
            {
                list.RemoveAt(index);
            }

            if (operation is "add" or "replace")
            {
                list.Insert(index, value);
            }
        }
        else if (operation == "remove")
        {
            parent.AsObject().Remove(name);
        }
        else
        {
            parent[name] = value;
        }
    }
}
