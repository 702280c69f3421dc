using System.Text;
using System.Text.Json.Nodes;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Tests;

/// <summary>Plain requests and their JSON answers, for what typed calls cannot say.</summary>
internal static class Requests
{
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    public static async Task<(int Code, JsonNode Body)> SendAsync(this IApi api, string method, string path, string body = "", string contentType = "application/json")
    {
        var response = await api.SendAsync(new ApiRequest(method, path) { Body = Encoding.UTF8.GetBytes(body), ContentType = contentType }, CancellationToken.None);
        return (response.StatusCode, JsonNode.Parse(response.Body.Span)!);
    }

    /// <summary>Server-side apply.</summary>
    public static Task<(int Code, JsonNode Body)> ApplyAsync(this IApi api, string pathAndQuery, string yaml) =>
        api.SendAsync("PATCH", pathAndQuery, yaml, "application/apply-patch+yaml");

    public static string Text(this JsonNode node, params string[] path) => path.Aggregate((JsonNode?)node, static (part, name) => part?[name])?.ToString() ?? "";
}
