using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>Rules that values of custom objects are held to, in the words of a real server.</summary>
public sealed class ValueRulesTests : IAsyncLifetime
{
    private const string Things = "/apis/example.com/v1/namespaces/default/things";

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.Admin.DefineAsync(
            """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"things","singular":"thing","kind":"Thing"},
              "versions":[{"name":"v1","served":true,"storage":true,
               "additionalPrinterColumns":[{"name":"T","type":"string","jsonPath":".any.t"},{"name":"D","type":"date","jsonPath":".any.d"},{"name":"N","type":"number","jsonPath":".any.n"}],
               "schema":{"openAPIV3Schema":{"type":"object","properties":{
                "any":{"x-kubernetes-preserve-unknown-fields":true},
                "tenth":{"type":"number","multipleOf":0.1},
                "third":{"type":"number","multipleOf":3.5},
                "embedded":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}}}}]}}
            """,
            Things);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("\"tenth\":0.3", "")]
    [InlineData("\"tenth\":0.35", "tenth: Invalid value: 0.35: tenth in body should be a multiple of 0.1")]
    [InlineData("\"third\":10.5", "")]
    [InlineData("\"third\":10.4", "third: Invalid value: 10.4: third in body should be a multiple of 3.5")]
    [InlineData("\"tenth\":1e300", "tenth: Invalid value: 1e+300: tenth in body should be a multiple of 0.1")]
    public async Task Steps_of_real_numbers_allow_for_rounding(string field, string error) => await CreateAsync(field, error);

    [Theory]
    [InlineData("""{"apiVersion":1,"kind":"K"}""", "embedded.apiVersion: Invalid value: 1: must be a string")]
    [InlineData("""{"apiVersion":"v1","kind":["K",null]}""", """embedded.kind: Invalid value: []interface {}{"K", interface {}(nil)}: must be a string""")]
    [InlineData("""{"apiVersion":"v1","kind":"K","metadata":{"labels":{"x":1}}}""", """embedded.metadata: Invalid value: map[string]interface {}{"labels":map[string]interface {}{"x":1}}: json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string""")]
    public async Task Embedded_objects_are_shown_in_the_syntax_of_Go(string value, string error) => await CreateAsync($"\"embedded\":{value}", error);

    [Theory]
    [InlineData("""{"t":null,"d":null,"n":null}""", """["<no value>",null,null]""")]
    [InlineData("""{"t":1.5,"d":"2020-01-02","n":3}""", """["1.5","<invalid>",3]""")]
    [InlineData("""{"t":["a",{"b":1}],"d":"","n":"3"}""", """["[\u0022a\u0022,{\u0022b\u0022:1}]","<unknown>",null]""")]
    public async Task Cells_show_odd_values_as_upstream_does(string value, string cells)
    {
        Assert.Equal(201, (await _server.Admin.SendAsync("POST", Things, $$"""{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"t"},"any":{{value}}}""")).Code);
        var answer = await _server.Admin.SendAsync(new ApiRequest("GET", Things + "/t") { Accept = "application/json;as=Table;v=v1;g=meta.k8s.io" }, CancellationToken.None);
        var row = JsonNode.Parse(answer.Body.Span)!["rows"]![0]!["cells"]!.AsArray();
        row.RemoveAt(0);
        Assert.Equal(JsonNode.Parse(cells)!.ToJsonString(), row.ToJsonString());
    }

    [Fact]
    public async Task Finalizers_without_a_domain_are_warned_about_when_they_are_added()
    {
        const string Warning = "metadata.finalizers: \"mine\": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers";
        Assert.Equal([Warning], await WarningsAsync("POST", Things, """{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"f","finalizers":["mine","example.com/ours","orphan"]}}""", "application/json"));
        Assert.Empty(await WarningsAsync("PATCH", Things + "/f", """{"metadata":{"labels":{"a":"b"}}}""", Merge));
        Assert.Equal([Warning.Replace("mine", "yours", StringComparison.Ordinal)], await WarningsAsync("PATCH", Things + "/f", """{"metadata":{"finalizers":["mine","yours"]}}""", Merge));
    }

    private async Task CreateAsync(string field, string error)
    {
        var (code, body) = await _server.Admin.SendAsync("POST", Things, $$"""{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"t"},{{field}}}""");
        Assert.Equal(error.Length == 0 ? (201, "") : (422, "Thing.example.com \"t\" is invalid: " + error), (code, body.Text("message")));
    }

    private async Task<IEnumerable<string>> WarningsAsync(string method, string path, string body, string contentType)
    {
        using var client = TestServer.Client(await _server.ListenAsync(), ComponentCertificates.IssueAdmin(TestServer.Pki.Authority));
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode);
        return answer.Headers.TryGetValues("Warning", out var lines) ? [.. lines.Select(static line => line["299 - \"".Length..^1].Replace("\\\"", "\"", StringComparison.Ordinal))] : [];
    }
}
