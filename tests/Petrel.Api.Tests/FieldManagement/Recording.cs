using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.FieldManagement;

/// <summary>Reads recorded requests, and does to objects what the server does before and after field tracking.</summary>
internal static class Recording
{
    public static readonly DateTimeOffset Now = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static IEnumerable<JsonMap> Steps(string file) => ((JsonList)((JsonMap)JsonTree.Parse(File.ReadAllBytes(file)))["steps"]).Cast<JsonMap>();

    /// <summary>The kind behind a collection's or an object's path, with the rest of the path; null for kinds that are not served.</summary>
    public static (ResourceType Type, string Name, string Subresource)? Resolve(string path)
    {
        var parts = path.TrimStart('/').Split('/');
        var start = parts[0] == "api" ? 2 : 3;
        var groupVersion = parts[0] == "api" ? parts.ElementAtOrDefault(1) : string.Join('/', parts.Skip(1).Take(2));
        if (parts.ElementAtOrDefault(start) == "namespaces" && parts.Length > start + 2)
        {
            start += 2;
        }

        var plural = parts.ElementAtOrDefault(start);
        var type = AllResources.List.FirstOrDefault(type => type.Info.Resource == plural && type.Info.GroupVersionKind.ApiVersion == groupVersion);
        return type is null ? null : (type, parts.ElementAtOrDefault(start + 1) ?? "", parts.ElementAtOrDefault(start + 2) ?? "");
    }

    public static FieldTracker Tracker(ResourceType type, string subresource = "") =>
        new(FieldStructure.OfObject(type.Schema), type.Info.GroupVersionKind, Tree(type.Empty))
        {
            Subresource = subresource,
            ResetFields = FieldSet.Of((type.Info.Subresources.FirstOrDefault(declared => declared.Name == subresource)?.ResetFields ?? type.Info.ResetFields).Select(static field => new[] { field })),
        };

    /// <summary>The object as the server holds it before admission: decoded, without what only the server sets, with defaults.</summary>
    public static JsonMap Normalize(ResourceType type, JsonTree body)
    {
        var value = type.Decode(body.ToUtf8(), new DecodeProblems());
        value = value with { Metadata = value.Metadata with { DeletionTimestamp = null, DeletionGracePeriodSeconds = null } };
        return Tree(value is IHasDefaults defaults ? defaults.WithDefaults() : value);
    }

    public static JsonMap Tree(ApiObject value) => (JsonMap)JsonTree.Parse(JsonEncoding.Encode(value));

    /// <summary>The managers as recorded, without times; a missing time shows.</summary>
    public static string Describe(JsonMap recorded) => string.Join('\n', (recorded.FindMap("metadata")?.Find("managedFields") as JsonList ?? JsonList.Empty)
        .Cast<JsonMap>().Select(static entry => Line(
            entry.FindText("manager")!, entry.FindText("operation")!, entry.FindText("apiVersion")!, entry.FindText("subresource") ?? "", entry.ContainsKey("time"), entry["fieldsV1"])));

    public static string Describe(ApiList<ManagedFieldsEntry> entries) => string.Join('\n', entries.Select(static entry => Line(
        entry.Manager, entry.Operation, entry.ApiVersion, entry.Subresource, entry.Time is not null, JsonTree.Parse(entry.FieldsV1!.Utf8))));

    private static string Line(string manager, string operation, string apiVersion, string subresource, bool hasTime, JsonTree fields) =>
        $"{manager} {operation} {apiVersion} {subresource} {(hasTime ? "at" : "never")} {Sorted(fields)}";

    private static string Sorted(JsonTree tree) => tree is JsonMap map
        ? "{" + string.Join(",", map.Span.ToArray().OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{entry.Key}:{Sorted(entry.Value)}")) + "}"
        : tree.ToString();
}
