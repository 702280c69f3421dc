using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

/// <summary>What is special about single endpoints: kinds with unusual update rules, forms that are not served.</summary>
public sealed class EndpointRulesTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_runtime_class_is_created_by_its_update_which_names_the_version_it_replaces()
    {
        const string Path = "/apis/node.k8s.io/v1/runtimeclasses/r";
        const string Body = """{"metadata":{"name":"r"},"handler":"h"}""";
        var (code, body) = await _server.Admin.SendAsync("PUT", Path, Body);
        Assert.Equal((201, "h"), (code, body.Text("handler")));
        (code, body) = await _server.Admin.SendAsync("PUT", Path, Body);
        Assert.Equal((422, "runtimeclasses.node.k8s.io \"r\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update"), (code, body.Text("message")));
    }

    [Theory]
    [InlineData("""{"kind":"DeleteOptions","apiVersion":"apps/v1"}""", 200)]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""", 500)]
    [InlineData("""{"kind":1}""", 500)]
    public async Task A_body_of_a_delete_is_nothing_but_options_of_any_version(string body, int expected)
    {
        Assert.Equal(201, (await _server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"c"}}""")).Code);
        var (code, answer) = await _server.Admin.SendAsync("DELETE", Requests.ConfigMaps + "/c", body);
        Assert.Equal((expected, ""), (code, answer.Text("reason")));
    }

    [Theory]
    [InlineData("{}", 400, "the name of the object (default based on URL) was undeterminable: name must be provided")]
    [InlineData("""{"metadata":{"name":"other"}}""", 400, "the name of the object (other) does not match the name on the URL (default)")]
    [InlineData("""{"metadata":{"name":"default"},"spec":{"finalizers":["kubernetes"]}}""", 200, "")]
    public async Task A_namespace_is_finalized_by_its_name(string body, int expected, string message)
    {
        var (code, answer) = await _server.Admin.SendAsync("PUT", "/api/v1/namespaces/default/finalize", body);
        Assert.Equal((expected, message), (code, answer.Text("message")));
    }

    [Fact]
    public async Task A_watch_names_the_media_types_it_can_stream()
    {
        var answer = await _server.Admin.SendAsync(new ApiRequest("GET", Requests.ConfigMaps + "?watch=true") { Accept = "application/yaml" }, CancellationToken.None);
        Assert.Equal((406, "application/yaml"), (answer.StatusCode, answer.ContentType));
        Assert.Contains(
            "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch",
            Encoding.UTF8.GetString(answer.Body.Span).ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_versions_of_the_core_group_come_with_the_address_for_all_clients()
    {
        var server = await _server.ListenAsync();
        using var client = TestServer.Client(server, ComponentCertificates.IssueAdmin(TestServer.Pki.Authority));
        var address = Assert.Single(JsonNode.Parse(await client.GetStringAsync("/api"))!["serverAddressByClientCIDRs"]!.AsArray())!;
        Assert.Equal(("0.0.0.0/0", server.Authority), (address.Text("clientCIDR"), address.Text("serverAddress")));
    }
}
