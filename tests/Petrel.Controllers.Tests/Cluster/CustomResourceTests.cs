using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

/// <summary>Controllers that look after all kinds look after custom ones.</summary>
public sealed class CustomResourceTests : IAsyncLifetime
{
    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        await SendAsync("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition);
        await UntilAsync("GET", Widgets("default"), "", 200);
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Dependents_of_a_custom_object_go_with_it()
    {
        var owner = await CreateAsync("default", "owner");
        await _cluster.Api.CreateAsync(Samples.ConfigMap("dependent") is var map ? map with { Metadata = map.Metadata with { OwnerReferences = [new() { ApiVersion = "example.com/v1", Kind = "Widget", Name = "owner", Uid = owner }] } } : map, default);
        await CreateAsync("default", "child", $$"""[{"apiVersion":"example.com/v1","kind":"Widget","name":"owner","uid":"{{owner}}"}]""");
        await SendAsync("DELETE", Widgets("default") + "/owner");
        await _cluster.UntilGoneAsync<ConfigMap>("default", "dependent");
        await UntilAsync("GET", Widgets("default") + "/child", "", 404);
    }

    [Fact]
    public async Task A_custom_object_goes_with_its_owner()
    {
        var owner = await _cluster.Api.CreateAsync(Samples.ConfigMap("owner"), default);
        await CreateAsync("default", "child", $$"""[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{owner.Metadata.Uid}}"}]""");
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "owner", null, default);
        await UntilAsync("GET", Widgets("default") + "/child", "", 404);
    }

    [Fact]
    public async Task Quotas_count_custom_objects()
    {
        await _cluster.Api.CreateAsync(new ResourceQuota { Metadata = new() { Name = "q", Namespace = "default" }, Spec = new() { Hard = ApiMap.FromPairs(("count/widgets.example.com", Quantity.Parse("2"))) } }, default);
        await UntilUsedAsync("0");
        await CreateAsync("default", "a");
        await UntilUsedAsync("1");
        await CreateAsync("default", "b");
        var (code, body) = await SendAsync("POST", Widgets("default"), Widget("c"));
        Assert.Equal((403, "widgets.example.com \"c\" is forbidden: exceeded quota: q, requested: count/widgets.example.com=1, used: count/widgets.example.com=2, limited: count/widgets.example.com=2"), (code, body!["message"]!.ToString()));
        await SendAsync("DELETE", Widgets("default") + "/a");
        await UntilUsedAsync("1");
        await CreateAsync("default", "c");
    }

    // Charge, creation and deletion follow so closely that the controller hears of the last before it sees the first.
    [Fact]
    public async Task What_goes_as_soon_as_it_came_is_not_counted()
    {
        await _cluster.Api.CreateAsync(new ResourceQuota { Metadata = new() { Name = "q", Namespace = "default" }, Spec = new() { Hard = ApiMap.FromPairs(("count/widgets.example.com", Quantity.Parse("9"))) } }, default);
        await UntilUsedAsync("0");
        for (var round = 0; round < 30; round++)
        {
            await CreateAsync("default", "brief");
            await SendAsync("DELETE", Widgets("default") + "/brief");
            await UntilUsedAsync("0");
        }
    }

    [Fact]
    public async Task A_deleted_namespace_takes_its_custom_objects_along()
    {
        await _cluster.Api.CreateAsync(new Namespace { Metadata = new() { Name = "shop" } }, default);
        await CreateAsync("shop", "free");
        await SendAsync("POST", Widgets("shop"), """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"held","finalizers":["example.com/hold"]}}""");
        await _cluster.Api.DeleteAsync<Namespace>(null, "shop", null, default);
        var waiting = await _cluster.UntilAsync<Namespace>(null, "shop", static value => value.Status.Conditions.Count == 5);
        Assert.Equal("Some resources are remaining: widgets.example.com has 1 resource instances", waiting.Status.Conditions[3].Message);
        await UntilAsync("GET", Widgets("shop") + "/free", "", 404);
        await SendAsync("PATCH", Widgets("shop") + "/held", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        await _cluster.UntilGoneAsync<Namespace>(null, "shop");
    }

    private Task UntilUsedAsync(string count) => _cluster.UntilAsync<ResourceQuota>(
        "default", "q", quota => quota.Status.Used.TryGetValue("count/widgets.example.com", out var used) && used.ToString() == count);

    private static string Widgets(string @namespace) => $"/apis/example.com/v1/namespaces/{@namespace}/widgets";

    private static string Widget(string name, string owners = "[]") => $$$"""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"{{{name}}}","ownerReferences":{{{owners}}}}}""";

    private async Task<string> CreateAsync(string @namespace, string name, string owners = "[]")
    {
        var (code, body) = await SendAsync("POST", Widgets(@namespace), Widget(name, owners));
        Assert.True(code == 201, body?.ToString());
        return body!["metadata"]!["uid"]!.ToString();
    }

    private Task UntilAsync(string method, string path, string body, int code) =>
        _cluster.UntilAsync(async () => (await SendAsync(method, path, body)).Code == code, () => $"{method} {path} does not answer {code}");

    private async Task<(int Code, JsonNode? Body)> SendAsync(string method, string path, string body = "", string contentType = "application/json")
    {
        var response = await _cluster.Api.SendAsync(new ApiRequest(method, path) { Body = Encoding.UTF8.GetBytes(body), ContentType = contentType }, CancellationToken.None);
        return (response.StatusCode, response.Body.Span.StartsWith("{"u8) ? JsonNode.Parse(response.Body.Span) : null);
    }
}
