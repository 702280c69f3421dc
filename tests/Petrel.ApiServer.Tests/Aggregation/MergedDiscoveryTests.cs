using System.Text.Json.Nodes;
using Petrel.ApiServer.Discovery;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>Discovery with groups that other API servers serve.</summary>
public sealed class MergedDiscoveryTests
{
    private const string V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string V2Beta1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    [Theory]
    [InlineData(true, V2)]
    [InlineData(false, V2)]
    [InlineData(true, V2Beta1)]
    public async Task Their_resources_are_listed_and_go_stale(bool hasAggregated, string accept)
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.HasAggregatedDiscovery = hasAggregated;
        await state.RegisterAsync();
        var version = await VersionAsync(state, accept, "Current");
        var things = Assert.Single(version["resources"]!.AsArray())!;
        Assert.Equal(("things", "Namespaced", "thing", """["get","list"]"""), (things.Text("resource"), things.Text("scope"), things.Text("singularResource"), things["verbs"]!.ToJsonString()));
        if (!hasAggregated)
        {
            Assert.Equal("""["th"]""", things["shortNames"]!.ToJsonString());
            Assert.Equal("status", things["subresources"]![0]!.Text("subresource"));
        }

        await state.Extension.DisposeAsync();
        await state.Server.Admin.SendAsync("PATCH", "/api/v1/namespaces/default/services/ext", """{"metadata":{"labels":{"look":"again"}}}""", "application/merge-patch+json");
        version = await VersionAsync(state, accept, "Stale");
        Assert.Single(version["resources"]!.AsArray());
    }

    [Fact]
    public async Task Groups_are_in_the_order_of_their_priorities()
    {
        await using var state = await AggregationCase.StartAsync();
        await state.RegisterAsync();
        var registration = state.Registration();
        await Petrel.Client.Api.TypedApi.CreateAsync(
            state.Server.Admin,
            registration with
            {
                Metadata = registration.Metadata with { Name = "v1.first.example.com" },
                Spec = registration.Spec with { Group = "first.example.com", GroupPriorityMinimum = 17790 },
            },
            default);
        var text = await state.UntilAsync("/apis", "application/json", static text => text.Contains("first.example.com", StringComparison.Ordinal));
        var groups = JsonNode.Parse(text)!["groups"]!.AsArray().Select(static group => group!.Text("name")).ToList();
        Assert.Equal(["apiregistration.k8s.io", "apps", "first.example.com", "events.k8s.io"], groups.Take(4));
        Assert.Equal("ext.example.com", groups[^1]);
        Assert.Equal(
            """{"kind":"APIGroup","apiVersion":"v1","name":"first.example.com","versions":[{"groupVersion":"first.example.com/v1","version":"v1"}],"preferredVersion":{"groupVersion":"first.example.com/v1","version":"v1"}}""",
            (await state.Server.Admin.SendAsync("GET", "/apis/first.example.com")).Body.ToJsonString());
        Assert.Contains("\"/apis/ext.example.com/v1\"", (await state.Server.Admin.SendAsync("GET", "/")).Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_ordered_by_maturity_and_number()
    {
        string[] ordered = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10", "v1beta"];
        Assert.Equal(ordered, ordered.Reverse().Order(VersionOrder.NewestFirst));
    }

    private static async Task<JsonNode> VersionAsync(AggregationCase state, string accept, string freshness)
    {
        JsonNode? VersionOf(string text) => JsonNode.Parse(text)!["items"]!.AsArray().FirstOrDefault(static group => group!.Text("metadata", "name") == "ext.example.com")?["versions"]![0];
        var found = await state.UntilAsync("/apis", accept, text => VersionOf(text) is { } version && version.Text("freshness") == freshness && version["resources"] is not null);
        return VersionOf(found)!;
    }
}
