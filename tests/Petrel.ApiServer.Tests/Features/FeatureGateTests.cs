using Petrel.Api.Features;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Features;

/// <summary>What clients see of features that are switched on.</summary>
public class FeatureGateTests
{
    private const string Claim = """
        {"metadata":{"name":"a"},"spec":{"accessModes":["ReadWriteOnce"],"volumeAttributesClassName":"fast","resources":{"requests":{"storage":"1Gi"}}}}
        """;

    [Theory]
    [InlineData("", "")]
    [InlineData("VolumeAttributesClass=true", "fast")]
    public async Task A_field_of_a_feature_is_kept_only_while_the_feature_is_on(string gates, string kept)
    {
        await using var server = await TestServer.StartAsync(serverOptions: new ApiServerOptions { Features = FeatureGates.Parse(gates) });

        var (code, claim) = await server.Admin.SendAsync("POST", "/api/v1/namespaces/default/persistentvolumeclaims", Claim);

        Assert.Equal(201, code);
        Assert.Equal(kept, claim.Text("spec", "volumeAttributesClassName"));
    }

    [Theory]
    [InlineData("WatchList=false", "sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")]
    [InlineData(
        "WatchList=true",
        "sendInitialEvents=true&resourceVersionMatch=Exact",
        "[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]")]
    [InlineData("WatchList=true", "resourceVersionMatch=NotOlderThan", "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    public async Task A_watch_sends_the_initial_state_only_while_the_feature_is_on(string gates, string query, string error)
    {
        await using var server = await TestServer.StartAsync(serverOptions: new ApiServerOptions { Features = FeatureGates.Parse(gates) });

        var (code, status) = await server.Admin.SendAsync("GET", "/api/v1/secrets?watch=true&" + query);

        Assert.Equal((422, "ListOptions.meta.k8s.io \"\" is invalid: " + error), (code, status.Text("message")));
    }

    [Fact]
    public async Task Metrics_show_which_features_are_on()
    {
        await using var server = await TestServer.StartAsync(serverOptions: new ApiServerOptions { Features = FeatureGates.Parse("HPAScaleToZero=true") });
        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());

        var metrics = (await client.GetStringAsync("/metrics")).Split('\n');

        Assert.Contains("kubernetes_feature_enabled{name=\"HPAScaleToZero\",stage=\"ALPHA\"} 1", metrics);
        Assert.Contains("kubernetes_feature_enabled{name=\"SidecarContainers\",stage=\"\"} 1", metrics);
        Assert.Contains("kubernetes_feature_enabled{name=\"WatchList\",stage=\"BETA\"} 0", metrics);
        Assert.Contains("kubernetes_feature_enabled{name=\"KMSv1\",stage=\"DEPRECATED\"} 0", metrics);
        Assert.Contains("kubernetes_feature_enabled{name=\"AllAlpha\",stage=\"ALPHA\"} 0", metrics);
    }
}
