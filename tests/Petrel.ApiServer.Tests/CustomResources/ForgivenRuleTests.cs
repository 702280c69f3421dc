using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>What an update leaves as it was before a rule came stays (KEP-4008), but whoever updates is told.</summary>
public sealed class ForgivenRuleTests : IAsyncLifetime
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Things = "/apis/example.com/v1/namespaces/default/things";
    private const string Rule = """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/a/x-kubernetes-validations","value":[{"rule":"self.size() < 3"}]}]""";

    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync().AsTask();
    }

    [Fact]
    public async Task An_update_that_leaves_a_wrong_value_is_warned()
    {
        await SendAsync("POST", Definitions, """
            {"metadata":{"name":"things.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"things","kind":"Thing"},
              "versions":[{"name":"v1","served":true,"storage":true,
               "schema":{"openAPIV3Schema":{"type":"object","properties":{"a":{"type":"string","maxLength":9},"b":{"type":"string"}}}}}]}}
            """);
        await UntilAsync("POST", Things, Thing("old"), "application/json", 201);
        await SendAsync("PATCH", Definitions + "/things.example.com", Rule, "application/json-patch+json");
        await UntilAsync("POST", Things + "?dryRun=All", Thing("new"), "application/json", 422);

        var (code, warning) = await SendAsync("PATCH", Things + "/old", """{"b":"x"}""", "application/merge-patch+json");

        Assert.Equal((200, """299 - "a: Invalid value: \"string\": failed rule: self.size() < 3" """.Trim()), (code, warning));
        Assert.Equal((422, ""), await SendAsync("PATCH", Things + "/old", """{"a":"longer"}""", "application/merge-patch+json"));
    }

    private static string Thing(string name) => new JsonObject
    {
        ["apiVersion"] = "example.com/v1",
        ["kind"] = "Thing",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["a"] = "long",
    }.ToJsonString();

    private async Task UntilAsync(string method, string path, string body, string type, int code)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await SendAsync(method, path, body, type)).Code != code)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<(int Code, string Warning)> SendAsync(string method, string path, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var answer = await _client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.TryGetValues("Warning", out var warnings) ? string.Join('\n', warnings) : "");
    }
}
