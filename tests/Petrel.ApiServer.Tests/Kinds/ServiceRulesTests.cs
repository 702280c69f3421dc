using System.Text.Json.Nodes;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Kinds;

/// <summary>What a service may not say, and what it may not change.</summary>
public sealed class ServiceRulesTests : IAsyncLifetime
{
    private const string Ranges = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private const string Mode = "service.kubernetes.io/topology-mode";

    private const string Hints = "service.kubernetes.io/topology-aware-hints";

    private const string NotARange = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private TestServer? _server;

    private IApi Api => _server!.Admin;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(servicesIn: "10.96.0.0/16");

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData("LoadBalancer", $$"""{"{{Ranges}}": " 10.0.0.0/8, 192.168.0.0/16 "}""")]
    [InlineData("LoadBalancer", $$"""{"{{Ranges}}": "  "}""")]
    [InlineData("LoadBalancer", $$"""{"{{Ranges}}": "10.0.0.0/8, x"}""", $"metadata.annotations[{Ranges}]: Invalid value: \"x\": {NotARange}")]
    [InlineData("ClusterIP", $$"""{"{{Ranges}}": "10.0.0.0/8"}""", $"metadata.annotations[{Ranges}]: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("ClusterIP", $$"""{"{{Mode}}": "Auto", "{{Hints}}": "Auto"}""")]
    [InlineData("ClusterIP", $$"""{"{{Mode}}": "Auto", "{{Hints}}": "Disabled"}""", $"metadata.annotations[{Mode}]: Invalid value: \"Auto\": must match annotations[{Hints}] when both are specified")]
    public async Task What_an_annotation_says_is_checked(string type, string annotations, params string[] problems) =>
        Assert.Equal(problems, await CreateAsync(annotations, $$$"""{"type": "{{{type}}}", "ports": [{"port": 80}]}"""));

    [Fact]
    public async Task A_range_is_shown_without_the_blanks_around_it() => Assert.Equal(
        [$"spec.LoadBalancerSourceRanges[1]: Invalid value: \"x\": {NotARange}"],
        await CreateAsync("{}", """{"type": "LoadBalancer", "loadBalancerSourceRanges": [" 10.0.0.0/8", " x "], "ports": [{"port": 80}]}"""));

    [Fact]
    public async Task Node_ports_are_refused_before_they_are_compared()
    {
        var ports = """[{"name": "a", "port": 1, "nodePort": 30001}, {"name": "b", "port": 2, "nodePort": 30001}, {"name": "c", "port": 3, "nodePort": 30001}]""";

        Assert.Equal(
            [
                "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                "spec.ports[2].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                "spec.ports[1].nodePort: Duplicate value: 30001",
                "spec.ports[2].nodePort: Duplicate value: 30001",
            ],
            await CreateAsync("{}", $$$"""{"ports": {{{ports}}}}"""));
    }

    [Theory]
    [InlineData(
        """{"ipFamilies": ["IPv6"]}""",
        "spec.clusterIPs[0]: Invalid value: \"10.96.0.50\": expected an IPv6 value as indicated by `ipFamilies[0]`")]
    [InlineData(
        """{"clusterIP": "10.96.0.51", "clusterIPs": ["10.96.0.51"]}""",
        """spec.clusterIPs[0]: Invalid value: []string{"10.96.0.51"}: may not change once set""")]
    [InlineData(
        """{"clusterIP": "None", "clusterIPs": ["None"]}""",
        """spec.clusterIPs[0]: Invalid value: []string{"None"}: may not change once set""")]
    [InlineData("""{"type": "NodePort"}""")]
    [InlineData("""{"type": "ExternalName", "externalName": "a.b", "clusterIP": null, "clusterIPs": null, "ipFamilies": null, "ipFamilyPolicy": null}""")]
    public async Task Addresses_and_families_stay(string change, params string[] problems)
    {
        await Api.SendAsync("POST", "/api/v1/namespaces/default/services", Service("{}", """{"clusterIP": "10.96.0.50", "ports": [{"port": 80}]}"""));

        var answer = await Api.SendAsync("PATCH", "/api/v1/namespaces/default/services/s?dryRun=All", $$$"""{"spec": {{{change}}}}""", "application/merge-patch+json");

        Assert.Equal(problems, Problems(answer.Body));
    }

    [Theory]
    [InlineData(
        """{"clusterIP": "fd00::50", "clusterIPs": ["fd00::50", "10.96.0.50"], "ipFamilies": ["IPv6", "IPv4"]}""",
        """spec.clusterIPs[0]: Invalid value: []string{"fd00::50", "10.96.0.50"}: may not change once set""",
        """spec.clusterIPs[1]: Invalid value: []string{"fd00::50", "10.96.0.50"}: may not change once set""",
        """spec.ipFamilies[0]: Invalid value: []core.IPFamily{"IPv6", "IPv4"}: may not change once set""",
        """spec.ipFamilies[0]: Invalid value: []core.IPFamily{"IPv6", "IPv4"}: may not change once set""")]
    [InlineData("""{"ipFamilyPolicy": "SingleStack", "clusterIPs": ["10.96.0.50"], "ipFamilies": ["IPv4"]}""")]
    public async Task Two_families_do_not_change_places(string change, params string[] problems)
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/16,fd00::/108");
        var spec = """{"ipFamilyPolicy": "RequireDualStack", "clusterIP": "10.96.0.50", "clusterIPs": ["10.96.0.50", "fd00::50"], "ports": [{"port": 80}]}""";
        await server.Admin.SendAsync("POST", "/api/v1/namespaces/default/services", Service("{}", spec));

        var answer = await server.Admin.SendAsync("PATCH", "/api/v1/namespaces/default/services/s?dryRun=All", $$$"""{"spec": {{{change}}}}""", "application/merge-patch+json");

        Assert.Equal(problems, Problems(answer.Body));
    }

    private async Task<IEnumerable<string>> CreateAsync(string annotations, string spec) =>
        Problems((await Api.SendAsync("POST", "/api/v1/namespaces/default/services?dryRun=All", Service(annotations, spec))).Body);

    private static string Service(string annotations, string spec) =>
        $$$$"""{"kind": "Service", "apiVersion": "v1", "metadata": {"name": "s", "annotations": {{{{annotations}}}}}, "spec": {{{{spec}}}}}""";

    private static IEnumerable<string> Problems(JsonNode answer) =>
        answer["details"]?["causes"]?.AsArray().Select(static cause => $"{cause!["field"]}: {cause["message"]}") ?? [];
}
