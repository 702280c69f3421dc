using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Kinds;

/// <summary>What is said of values that are wrong in more than one way.</summary>
public sealed class WrongValuesTests : IAsyncLifetime
{
    private TestServer? _server;

    private IApi Api => _server!.Admin;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData("""["10.0.0.0/24", "fd00::/64"]""")]
    [InlineData("""["10.0.0.0/24", "10.1.0.0/24"]""", """spec.podCIDRs: Invalid value: []string{"10.0.0.0/24", "10.1.0.0/24"}: may specify no more than one CIDR for each IP family""")]
    [InlineData(
        """["10.0.0.0/24", "x"]""",
        """spec.podCIDRs[1]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)""",
        "spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[1]: <nil> (invalid CIDR address: x)",
        """spec.podCIDRs: Invalid value: []string{"10.0.0.0/24", "x"}: may specify no more than one CIDR for each IP family""")]
    public async Task A_node_has_one_range_of_a_family(string ranges, params string[] problems)
    {
        var node = $$$"""{"kind": "Node", "apiVersion": "v1", "metadata": {"name": "n"}, "spec": {"podCIDRs": {{{ranges}}}}}""";

        Assert.Equal(problems, Problems((await Api.SendAsync("POST", "/api/v1/nodes?dryRun=All", node)).Body));
    }

    [Theory]
    [InlineData(
        "podIPs",
        """[{"ip": "x"}, {"ip": "10.0.0.1"}, {"ip": "10.0.0.1"}]""",
        """status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)""",
        "status.podIPs: Internal error: failed to check for dual stack with error:invalid IP[0]: x",
        """status.podIPs: Invalid value: []core.PodIP{core.PodIP{IP:"x"}, core.PodIP{IP:"10.0.0.1"}, core.PodIP{IP:"10.0.0.1"}}: may specify no more than one IP for each IP family""",
        """status.podIPs[2]: Duplicate value: core.PodIP{IP:"10.0.0.1"}""")]
    [InlineData(
        "hostIPs",
        """[{"ip": "10.0.0.1"}, {"ip": "10.0.0.1"}]""",
        """status.hostIPs[1]: Duplicate value: core.HostIP{IP:"10.0.0.1"}""",
        """status.hostIPs: Invalid value: []core.HostIP{core.HostIP{IP:"10.0.0.1"}, core.HostIP{IP:"10.0.0.1"}}: may specify no more than one IP for each IP family""")]
    public async Task A_pod_has_one_address_of_a_family(string field, string addresses, params string[] problems)
    {
        const string Pod = """{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}""";
        await Api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, default);
        await Api.SendAsync("POST", "/api/v1/namespaces/default/pods", Pod);

        var status = $$$"""{"status": {"hostIP": "10.0.0.1", "{{{field}}}": {{{addresses}}}}}""";
        Assert.Equal(problems, Problems((await Api.SendAsync("PATCH", "/api/v1/namespaces/default/pods/p/status", status, "application/merge-patch+json")).Body));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" null ")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("\0", "invalid character '\\x00' looking for beginning of value")]
    [InlineData("{'a': 1}", "invalid character '\\'' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{", "unexpected end of JSON input")]
    public async Task Credentials_of_registries_are_an_object_and_what_they_are_instead_is_said(string content, params string[] problems)
    {
        var data = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content));
        var secret = $$$"""{"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "s"}, "type": "kubernetes.io/dockercfg", "data": {".dockercfg": "{{{data}}}"}}""";

        Assert.Equal(
            problems.Select(static problem => "data[.dockercfg]: Invalid value: \"<secret contents redacted>\": " + problem),
            Problems((await Api.SendAsync("POST", "/api/v1/namespaces/default/secrets?dryRun=All", secret)).Body));
    }

    private static IEnumerable<string> Problems(JsonNode answer) =>
        answer["details"]?["causes"]?.AsArray().Select(static cause => $"{cause!["field"]}: {cause["message"]}") ?? [];
}
