using System.Text.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Discovery;

/// <summary>Aggregated discovery (KEP-3352): every group, version and resource in one document.</summary>
internal static class AggregatedDiscovery
{
    /// <param name="group">"" for the core group's document at /api, null for all others at /apis.</param>
    /// <param name="version">v2 or v2beta1 of apidiscovery.k8s.io.</param>
    public static void Write(Utf8JsonWriter writer, ResourceRegistry registry, string? group, string version)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "APIGroupDiscoveryList");
        writer.WriteString("apiVersion"u8, "apidiscovery.k8s.io/" + version);
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("items"u8);
        foreach (var name in group is null ? PlainDiscovery.GroupsOf(registry) : [group])
        {
            Group(writer, registry, name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter writer, ResourceRegistry registry, string group)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        if (group.Length > 0)
        {
            writer.WriteString("name"u8, group);
        }

        writer.WriteNull("creationTimestamp"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("versions"u8);
        foreach (var version in PlainDiscovery.VersionsOf(registry, group))
        {
            writer.WriteStartObject();
            writer.WriteString("version"u8, version);
            writer.WriteStartArray("resources"u8);
            foreach (var endpoint in PlainDiscovery.In(registry, group, version))
            {
                Resource(writer, endpoint.Info);
            }

            writer.WriteEndArray();
            writer.WriteString("freshness"u8, "Current");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter writer, ResourceInfo info)
    {
        writer.WriteStartObject();
        writer.WriteString("resource"u8, info.Resource);
        Kind(writer, new GroupVersionKind("", "", info.Kind));
        writer.WriteString("scope"u8, info.Namespaced ? "Namespaced" : "Cluster");
        writer.WriteString("singularResource"u8, info.Singular);
        PlainDiscovery.VerbArray(writer, info.Verbs);
        PlainDiscovery.Names(writer, "shortNames", info.ShortNames);
        PlainDiscovery.Names(writer, "categories", info.Categories);
        if (info.Subresources.Count > 0)
        {
            writer.WriteStartArray("subresources"u8);
            foreach (var subresource in info.Subresources.OrderBy(subresource => subresource.Name, StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("subresource"u8, subresource.Name);
                Kind(writer, subresource.Kind ?? new GroupVersionKind("", "", info.Kind));
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
