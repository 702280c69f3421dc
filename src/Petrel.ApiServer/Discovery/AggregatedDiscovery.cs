using System.Text.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Discovery;

/// <summary>Aggregated discovery (KEP-3352): every group, version and resource in one document.</summary>
internal static class AggregatedDiscovery
{
    /// <param name="group">"" for the core group's document at /api, null for all others at /apis.</param>
    /// <param name="version">v2 or v2beta1 of apidiscovery.k8s.io.</param>
    public static void Write(Utf8JsonWriter writer, ServedGroups served, string? group, string version)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "APIGroupDiscoveryList");
        writer.WriteString("apiVersion"u8, "apidiscovery.k8s.io/" + version);
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("items"u8);
        foreach (var each in group is null ? served.List() : [served.Find(group)!])
        {
            Group(writer, served, each);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter writer, ServedGroups served, ServedGroup group)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        if (group.Name.Length > 0)
        {
            writer.WriteString("name"u8, group.Name);
        }

        writer.WriteNull("creationTimestamp"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("versions"u8);
        foreach (var version in group.Versions)
        {
            writer.WriteStartObject();
            writer.WriteString("version"u8, version.Version);
            if (version.IsRemote)
            {
                Remote(writer, served.ResourcesOf(group.Name, version.Version));
            }
            else
            {
                Local(writer, served.Registry, group.Name, version.Version);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Local(Utf8JsonWriter writer, ResourceRegistry registry, string group, string version)
    {
        writer.WriteStartArray("resources"u8);
        foreach (var endpoint in PlainDiscovery.In(registry, group, version))
        {
            Resource(writer, endpoint.Info, endpoint.Type.IsCustom);
        }

        writer.WriteEndArray();
        writer.WriteString("freshness"u8, "Current");
    }

    private static void Remote(Utf8JsonWriter writer, RemoteResources resources)
    {
        if (!resources.Json.IsEmpty)
        {
            writer.WritePropertyName("resources"u8);
            writer.WriteRawValue(resources.Json.Span);
        }

        writer.WriteString("freshness"u8, resources.IsCurrent ? "Current" : "Stale");
    }

    private static void Resource(Utf8JsonWriter writer, ResourceInfo info, bool isCustom)
    {
        // Only custom resources repeat the group and version they are listed under.
        var kind = isCustom ? info.GroupVersionKind : new GroupVersionKind("", "", info.Kind);
        writer.WriteStartObject();
        writer.WriteString("resource"u8, info.Resource);
        Kind(writer, kind);
        writer.WriteString("scope"u8, info.Namespaced ? "Namespaced" : "Cluster");
        writer.WriteString("singularResource"u8, info.Singular);
        PlainDiscovery.VerbArray(writer, info, isCustom);
        PlainDiscovery.Names(writer, "shortNames", info.ShortNames);
        PlainDiscovery.Names(writer, "categories", info.Categories);
        if (info.Subresources.Count > 0)
        {
            writer.WriteStartArray("subresources"u8);
            foreach (var subresource in PlainDiscovery.SubresourcesOf(info, isCustom))
            {
                writer.WriteStartObject();
                writer.WriteString("subresource"u8, subresource.Name);
                Kind(writer, subresource.Kind ?? kind);
                PlainDiscovery.VerbArray(writer, subresource.Verbs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Kind(Utf8JsonWriter writer, GroupVersionKind kind)
    {
        writer.WriteStartObject("responseKind"u8);
        writer.WriteString("group"u8, kind.Group);
        writer.WriteString("version"u8, kind.Version);
        writer.WriteString("kind"u8, kind.Kind);
        writer.WriteEndObject();
    }
}
