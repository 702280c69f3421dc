using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using ApiVerbs = Petrel.Api.Resources.Verbs;

namespace Petrel.ApiServer.Discovery;

/// <summary>The discovery documents of old: APIVersions, APIGroupList, APIGroup and APIResourceList.</summary>
internal static class PlainDiscovery
{
    private static readonly (ApiVerbs Verb, string Name)[] VerbNames =
    [
        (ApiVerbs.Create, "create"), (ApiVerbs.Delete, "delete"), (ApiVerbs.DeleteCollection, "deletecollection"), (ApiVerbs.Get, "get"),
        (ApiVerbs.List, "list"), (ApiVerbs.Patch, "patch"), (ApiVerbs.Update, "update"), (ApiVerbs.Watch, "watch"),
    ];

    private static readonly string[] CustomVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly string[] EndingVerbs = ["delete", "deletecollection", "get", "list", "watch"];

    public static Document Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions))
        {
            write(writer);
        }

        return new Document(buffer.WrittenMemory);
    }

    /// <param name="address">Where the server is reached; there is one for clients of all networks.</param>
    public static void Versions(Utf8JsonWriter writer, string address)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "APIVersions");
        writer.WriteStartArray("versions"u8);
        writer.WriteStringValue("v1");
        writer.WriteEndArray();
        writer.WriteStartArray("serverAddressByClientCIDRs"u8);
        writer.WriteStartObject();
        writer.WriteString("clientCIDR"u8, "0.0.0.0/0");
        writer.WriteString("serverAddress"u8, address);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Groups(Utf8JsonWriter writer, ServedGroups served)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "APIGroupList");
        writer.WriteString("apiVersion"u8, "v1");
        writer.WriteStartArray("groups"u8);
        foreach (var group in served.List())
        {
            Group(writer, group, topLevel: false);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Group(Utf8JsonWriter writer, ServedGroup group, bool topLevel)
    {
        writer.WriteStartObject();
        if (topLevel)
        {
            writer.WriteString("kind"u8, "APIGroup");
            writer.WriteString("apiVersion"u8, "v1");
        }

        writer.WriteString("name"u8, group.Name);
        writer.WriteStartArray("versions"u8);
        foreach (var version in group.Versions)
        {
            Version(writer, group.Name, version.Version);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("preferredVersion"u8);
        Version(writer, group.Name, group.Versions[0].Version);
        writer.WriteEndObject();
    }

    private static void Version(Utf8JsonWriter writer, string group, string version)
    {
        writer.WriteStartObject();
        writer.WriteString("groupVersion"u8, group + "/" + version);
        writer.WriteString("version"u8, version);
        writer.WriteEndObject();
    }

    public static void Resources(Utf8JsonWriter writer, ResourceRegistry registry, string group, string version)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "APIResourceList");
        if (group.Length > 0)
        {
            writer.WriteString("apiVersion"u8, "v1");
        }

        writer.WriteString("groupVersion"u8, group.Length == 0 ? version : group + "/" + version);
        writer.WriteStartArray("resources"u8);
        foreach (var endpoint in In(registry, group, version))
        {
            Resource(writer, endpoint);
            foreach (var subresource in SubresourcesOf(endpoint.Info, endpoint.Type.IsCustom))
            {
                Sub(writer, endpoint.Info, subresource);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The resources of a version in the order of discovery: by path name.</summary>
    public static IEnumerable<ResourceEndpoint> In(ResourceRegistry registry, string group, string version) => registry.Endpoints
        .Where(endpoint => endpoint.Info.Group == group && endpoint.Info.Version == version)
        .OrderBy(endpoint => endpoint.Info.Resource, StringComparer.Ordinal);

    private static void Resource(Utf8JsonWriter writer, ResourceEndpoint endpoint)
    {
        var info = endpoint.Info;
        writer.WriteStartObject();
        writer.WriteString("name"u8, info.Resource);
        writer.WriteString("singularName"u8, info.Singular);
        writer.WriteBoolean("namespaced"u8, info.Namespaced);
        writer.WriteString("kind"u8, info.Kind);
        VerbArray(writer, info, endpoint.Type.IsCustom);
        Names(writer, "shortNames", info.ShortNames);
        Names(writer, "categories", info.Categories);
        if (info.Verbs.HasFlag(ApiVerbs.List | ApiVerbs.Create))
        {
            // What cannot be created is not stored either (componentstatuses).
            var stored = endpoint.Type.Storage?.Type.Info ?? info;
            writer.WriteString("storageVersionHash"u8, StorageVersionHash(stored.GroupVersionKind));
        }

        writer.WriteEndObject();
    }

    private static void Sub(Utf8JsonWriter writer, ResourceInfo info, Subresource subresource)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, info.Resource + "/" + subresource.Name);
        writer.WriteString("singularName"u8, "");
        writer.WriteBoolean("namespaced"u8, info.Namespaced);
        if (subresource.Kind is { Version.Length: > 0 } kind)
        {
            writer.WriteString("group"u8, kind.Group);
            writer.WriteString("version"u8, kind.Version);
        }

        writer.WriteString("kind"u8, subresource.Kind?.Kind ?? info.Kind);
        VerbArray(writer, subresource.Verbs);
        writer.WriteEndObject();
    }

    /// <summary>Subresources by name; those of custom resources as they are declared.</summary>
    public static IEnumerable<Subresource> SubresourcesOf(ResourceInfo info, bool isCustom) =>
        isCustom ? info.Subresources : info.Subresources.OrderBy(static subresource => subresource.Name, StringComparer.Ordinal);

    /// <summary>The verbs of a resource. Those of custom ones come in an order of their own, and one that ends takes nothing new.</summary>
    public static void VerbArray(Utf8JsonWriter writer, ResourceInfo info, bool isCustom)
    {
        if (!isCustom)
        {
            VerbArray(writer, info.Verbs);
            return;
        }

        writer.WriteStartArray("verbs"u8);
        foreach (var name in info.IsEnding ? EndingVerbs : CustomVerbs)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    public static void VerbArray(Utf8JsonWriter writer, ApiVerbs verbs)
    {
        writer.WriteStartArray("verbs"u8);
        foreach (var (verb, name) in VerbNames)
        {
            if (verbs.HasFlag(verb))
            {
                writer.WriteStringValue(name);
            }
        }

        writer.WriteEndArray();
    }

    public static void Names(Utf8JsonWriter writer, string field, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(field);
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static string StorageVersionHash(GroupVersionKind kind) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind.Group}/{kind.Version}/{kind.Kind}")).AsSpan(0, 8));
}
