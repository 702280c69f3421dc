using Petrel.Api.Resources;

namespace Petrel.Client.Api;

/// <summary>Builds the URL paths of the API.</summary>
public static class ApiPath
{
    /// <param name="namespace">Null for cluster-scoped kinds and for all namespaces.</param>
    /// <param name="name">Null for the collection.</param>
    public static string Of(ResourceInfo info, string? @namespace, string? name)
    {
        var root = info.Group.Length == 0 ? "/api/" + info.Version : "/apis/" + info.Group + "/" + info.Version;
        var scope = info.Namespaced && @namespace is not null ? "/namespaces/" + Uri.EscapeDataString(@namespace) : "";
        return root + scope + "/" + info.Resource + (name is null ? "" : "/" + Uri.EscapeDataString(name));
    }
}
