using System.Text;
using System.Text.Json.Nodes;

namespace Petrel.ApiServer.Aggregation;

/// <summary>Reads the resources of a group version out of the discovery documents that extension API servers have.</summary>
internal static class DiscoveryConversion
{
    /// <summary>Out of an APIGroupDiscoveryList of apidiscovery.k8s.io, v2 or v2beta1; null for another document.</summary>
    public static RemoteResources? FromAggregated(JsonNode? document, string group, string version)
    {
        if (document is not JsonObject list || Text(list, "kind") != "APIGroupDiscoveryList")
        {
            return null;
        }

        // A server that was registered for what it does not serve has no resources, and that is certain.
        var versions = Items(list, "items").FirstOrDefault(each => each["metadata"] is JsonObject metadata ? Text(metadata, "name") == group : group.Length == 0);
        var found = versions is null ? null : Items(versions, "versions").FirstOrDefault(each => Text(each, "version") == version);
        return new RemoteResources(found?["resources"] is JsonArray resources ? Bytes(resources) : default, IsCurrent: true);
    }

    /// <summary>Out of an APIResourceList; null for another document.</summary>
    public static RemoteResources? FromPlain(JsonNode? document)
    {
        if (document is not JsonObject list || Text(list, "kind") != "APIResourceList")
        {
            return null;
        }

        var resources = new JsonArray();
        var byName = new Dictionary<string, JsonObject>();
        foreach (var resource in Items(list, "resources"))
        {
            var parts = Text(resource, "name").Split('/', 2);
            if (!byName.TryGetValue(parts[0], out var target))
            {
                target = new JsonObject { ["resource"] = parts[0], ["responseKind"] = Kind(resource), ["scope"] = Scope(resource), ["singularResource"] = "", ["verbs"] = new JsonArray() };
                byName.Add(parts[0], target);
                resources.Add((JsonNode)target);
            }

            if (parts.Length == 1)
            {
                target["responseKind"] = Kind(resource);
                target["scope"] = Scope(resource);
                target["singularResource"] = Text(resource, "singularName");
                Copy(resource, target, "verbs", "shortNames", "categories");
            }
            else
            {
                var subresources = target["subresources"] as JsonArray ?? [];
                target["subresources"] = subresources;
                var subresource = new JsonObject { ["subresource"] = parts[1], ["responseKind"] = Kind(resource), ["verbs"] = new JsonArray() };
                Copy(resource, subresource, "verbs");
                subresources.Add((JsonNode)subresource);
            }
        }

        return new RemoteResources(Bytes(resources), IsCurrent: true);
    }

    private static string Scope(JsonObject resource) => resource["namespaced"] is JsonValue value && value.TryGetValue<bool>(out var namespaced) && namespaced ? "Namespaced" : "Cluster";

    private static JsonObject Kind(JsonObject resource) => new() { ["group"] = Text(resource, "group"), ["version"] = Text(resource, "version"), ["kind"] = Text(resource, "kind") };

    private static void Copy(JsonObject from, JsonObject to, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (from[name] is JsonArray list)
            {
                to[name] = list.DeepClone();
            }
        }
    }

    private static IEnumerable<JsonObject> Items(JsonObject node, string name) => node[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    private static string Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static byte[] Bytes(JsonArray resources) => Encoding.UTF8.GetBytes(resources.ToJsonString());
}
