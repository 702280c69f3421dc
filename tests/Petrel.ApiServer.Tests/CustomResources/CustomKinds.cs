using System.Text.Json.Nodes;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>What tests of custom kinds have in common: definitions and waiting for what follows from them.</summary>
internal static class CustomKinds
{
    public const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    public const string Merge = "application/merge-patch+json";

    /// <summary>Creates a definition and waits until its objects can be listed.</summary>
    public static async Task DefineAsync(this IApi api, string definition, string objects)
    {
        var (code, body) = await api.SendAsync("POST", Definitions, definition);
        Assert.True(code == 201, body.ToString());
        await UntilAsync(api, objects, static answer => answer.Code == 200);
    }

    public static Task<JsonNode> UntilAsync(this IApi api, string path, Func<(int Code, JsonNode Body), bool> isSo) => UntilAsync(() => AnswerAsync(api, path), isSo);

    // What serves nothing answers in plain text.
    public static async Task<(int Code, JsonNode Body)> AnswerAsync(this IApi api, string path)
    {
        var response = await api.SendAsync(new ApiRequest("GET", path), CancellationToken.None);
        return (response.StatusCode, response.Body.Span.StartsWith("{"u8) ? JsonNode.Parse(response.Body.Span)! : new JsonObject());
    }

    public static async Task<JsonNode> UntilAsync(Func<Task<(int Code, JsonNode Body)>> ask, Func<(int Code, JsonNode Body), bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await ask();
            if (isSo(answer))
            {
                return answer.Body;
            }

            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
