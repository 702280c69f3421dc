using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.ApiServer.Hosting;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>Resources of pods as a whole, and what is counted and bounded by them.</summary>
public sealed class PodLevelResourcesTests
{
    private const string Namespace = "/api/v1/namespaces/default/";

    [Fact]
    public async Task A_pods_own_resources_stand_in_for_those_of_its_containers()
    {
        await using var server = await StartAsync("PodLevelResources=true");
        var pod = await CreateAsync(server, "a", """{"limits":{"cpu":"2","memory":"1Gi"}}""", """{"requests":{"cpu":"1"}}""");

        Assert.Equal("""{"limits":{"cpu":"2","memory":"1Gi"},"requests":{"cpu":"1","memory":"1Gi"}}""", pod.Body["spec"]!["resources"]!.ToJsonString());
        Assert.Equal("Burstable", pod.Body.Text("status", "qosClass"));
        Assert.Equal("Guaranteed", (await CreateAsync(server, "b", """{"limits":{"cpu":"2","memory":"1Gi"}}""")).Body.Text("status", "qosClass"));
    }

    [Fact]
    public async Task Without_the_feature_they_are_dropped()
    {
        await using var server = await StartAsync("");

        Assert.Null((await CreateAsync(server, "a", """{"limits":{"cpu":"2"}}""")).Body["spec"]!["resources"]);
    }

    [Fact]
    public async Task What_is_wrong_with_them_is_told_in_full()
    {
        await using var server = await StartAsync("PodLevelResources=true");

        var refused = await CreateAsync(
            server, "a", """{"claims":[],"limits":{"cpu":"1","ephemeral-storage":"1"},"requests":{"cpu":"1"}}""", """{"limits":{"cpu":"2"},"requests":{"cpu":"2","memory":"1Gi"}}""");

        Assert.Equal(
            [
                "spec.resources.claims Forbidden: claims may not be set for Resources at pod-level",
                "spec.resources.limits[ephemeral-storage] Unsupported value: \"ephemeral-storage\": supported values: \"cpu\", \"memory\"",
                "spec.resources.requests[cpu] Invalid value: \"1\": must be greater than or equal to aggregate container requests of 2",
                "spec.resources.containers[0][cpu].limits Invalid value: \"2\": must be less than or equal to pod limits of 1",
            ],
            refused.Body["details"]!["causes"]!.AsArray().Select(static cause => $"{cause!["field"]} {cause["message"]}"));
    }

    [Fact]
    public async Task Quotas_and_limit_ranges_look_at_them()
    {
        await using var server = await StartAsync("PodLevelResources=true");
        await server.Admin.SendAsync("POST", Namespace + "limitranges", """{"metadata":{"name":"l"},"spec":{"limits":[{"type":"Pod","max":{"cpu":"3"}}]}}""");
        await QuotaAsync(server, """{"hard":{"requests.cpu":"3"}}""", "requests.cpu");

        Assert.Equal(
            "pods \"a\" is forbidden: maximum cpu usage per Pod is 3, but limit is 4",
            (await CreateAsync(server, "a", """{"limits":{"cpu":"4"}}""")).Body.Text("message"));
        Assert.Equal(201, (await CreateAsync(server, "b", """{"limits":{"cpu":"2"}}""")).Code);
        Assert.Equal(
            "pods \"c\" is forbidden: exceeded quota: q, requested: requests.cpu=2, used: requests.cpu=2, limited: requests.cpu=3",
            (await CreateAsync(server, "c", """{"limits":{"cpu":"2"}}""")).Body.Text("message"));
    }

    [Fact]
    public async Task Quotas_can_be_for_claims_of_a_class_of_volume_attributes()
    {
        const string Scoped = """{"hard":{"persistentvolumeclaims":"1"},"scopeSelector":{"matchExpressions":[{"scopeName":"VolumeAttributesClass","operator":"In","values":["fast"]}]}}""";
        await using (var without = await StartAsync(""))
        {
            Assert.Equal(422, (await without.Admin.SendAsync("POST", Namespace + "resourcequotas", $$"""{"metadata":{"name":"q"},"spec":{{Scoped}} }""")).Code);
        }

        await using var server = await StartAsync("VolumeAttributesClass=true");
        await QuotaAsync(server, Scoped, "persistentvolumeclaims");
        Task<(int Code, JsonNode Body)> Claim(string name, string className) => server.Admin.SendAsync(
            "POST",
            Namespace + "persistentvolumeclaims",
            $$"""{"metadata":{"name":"{{name}}"},"spec":{"accessModes":["ReadWriteOnce"],"volumeAttributesClassName":"{{className}}","resources":{"requests":{"storage":"1Gi"} } } }""");

        Assert.Equal(201, (await Claim("a", "fast")).Code);
        Assert.Equal(201, (await Claim("b", "slow")).Code);
        Assert.StartsWith("persistentvolumeclaims \"c\" is forbidden: exceeded quota: q", (await Claim("c", "fast")).Body.Text("message"), StringComparison.Ordinal);
        var wrong = await server.Admin.SendAsync("POST", Namespace + "resourcequotas", """{"metadata":{"name":"w"},"spec":{"hard":{"pods":"1"},"scopes":["VolumeAttributesClass"]}}""");
        Assert.Contains("unsupported scope applied to resource", wrong.Body.Text("message"), StringComparison.Ordinal);
    }

    private static async Task QuotaAsync(TestServer server, string spec, string resource)
    {
        await server.Admin.SendAsync("POST", Namespace + "resourcequotas", $$"""{"metadata":{"name":"q"},"spec":{{spec}} }""");
        await server.Admin.SendAsync(
            "PATCH",
            Namespace + "resourcequotas/q/status",
            new JsonObject { ["status"] = new JsonObject { ["hard"] = JsonNode.Parse(spec)!["hard"]!.DeepClone(), ["used"] = new JsonObject { [resource] = "0" } } }.ToJsonString(),
            "application/merge-patch+json");
    }

    private static Task<(int Code, JsonNode Body)> CreateAsync(TestServer server, string name, string own, string container = "{}") => server.Admin.SendAsync(
        "POST",
        Namespace + "pods",
        $$"""{"metadata":{"name":"{{name}}"},"spec":{"resources":{{own}},"containers":[{"name":"c","image":"i","resources":{{container}} }] } }""");

    private static async Task<TestServer> StartAsync(string features)
    {
        var server = await TestServer.StartAsync(serverOptions: new ApiServerOptions { Features = FeatureGates.Parse(features) });
        await server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, default);
        return server;
    }
}
