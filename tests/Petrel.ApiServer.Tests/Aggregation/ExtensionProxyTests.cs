using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>Requests for a group version that another API server serves.</summary>
public sealed class ExtensionProxyTests : IAsyncLifetime
{
    private const string Things = ExtensionServer.Root + "/namespaces/default/things";

    private AggregationCase _case = null!;

    public async Task InitializeAsync()
    {
        _case = await AggregationCase.StartAsync();
        await _case.RegisterAsync();
        await _case.AvailabilityAsync("Passed");
        await _case.UntilAsync(Things, "*/*", static text => text.StartsWith('{'));
    }

    public Task DisposeAsync() => _case.DisposeAsync().AsTask();

    [Fact]
    public async Task They_arrive_as_they_were_sent_under_the_users_identity()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Things + "?dryRun=All&x=a%20b") { Content = new StringContent(new string('x', 5 * 1024 * 1024)) };
        request.Headers.TryAddWithoutValidation("X-Remote-User", "forged");
        request.Headers.TryAddWithoutValidation("X-Remote-Group", "forged");
        request.Headers.TryAddWithoutValidation("X-Remote-Extra-Forged", "yes");
        request.Headers.TryAddWithoutValidation("X-Remote-Uid", "forged");
        using var answer = await _case.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal($"POST {Things}?dryRun=All&x=a%20b", seen.Text("request"));
        Assert.Equal("5242880", seen.Text("body"));
        Assert.Equal("CN=front-proxy-client", seen.Text("proxy"));
        Assert.Equal("ext.default.svc", seen.Text("host"));
        Assert.Equal("kubernetes-admin", seen.Text("headers", "x-remote-user"));
        Assert.Equal("system:masters|system:authenticated", seen.Text("headers", "x-remote-group"));
        Assert.StartsWith("X509SHA256=", seen.Text("headers", "x-remote-extra-authentication.kubernetes.io%2fcredential-id"), StringComparison.Ordinal);
        Assert.Null(seen["headers"]!["x-remote-extra-forged"]);
        Assert.Null(seen["headers"]!["x-remote-uid"]);
    }

    [Fact]
    public void An_identity_that_would_become_another_is_not_passed_on()
    {
        var headers = new Microsoft.AspNetCore.Http.HeaderDictionary();
        foreach (var user in (Petrel.ApiServer.Authentication.UserInfo[])[new("a\u0001b"), new("a") { Groups = ["a\u0001system:masters"] }, new("a") { Uid = "1\r\nX-Remote-Group: b" }])
        {
            Assert.Equal(403, Assert.Throws<Petrel.ApiServer.Responses.StatusException>(() => Petrel.ApiServer.Aggregation.IdentityHeaders.Set(headers, user)).Status.Code);
        }
    }

    [Fact]
    public async Task Nobody_gets_there_without_a_right_to()
    {
        using var anonymous = TestServer.Client(_case.Client.BaseAddress!);
        using var answer = await anonymous.GetAsync(Things);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("things.ext.example.com is forbidden", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dots_in_a_path_are_resolved_before_it_is_decided_on()
    {
        var seen = await _case.Server.Admin.SendAsync("GET", Things + "/a");
        Assert.Equal($"GET {Things}/a", seen.Body.Text("request"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_case.Client.BaseAddress!, ExtensionServer.Root + "/namespaces/a/%2e%2e/b/things"));
        using var answer = await _case.Client.SendAsync(request);
        Assert.Equal($"GET {ExtensionServer.Root}/namespaces/b/things", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.Text("request"));
    }

    [Fact]
    public async Task A_watch_comes_as_it_happens()
    {
        using var answer = await _case.Client.GetAsync(ExtensionServer.Root + "/things?watch=true", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        foreach (var line in (string[])["one", "two"])
        {
            await _case.Extension.Events.Writer.WriteAsync(line);
            Assert.Equal(line, await lines.ReadLineAsync());
        }

        _case.Extension.Events.Writer.Complete();
        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task A_redirect_is_not_passed_on()
    {
        using var answer = await _case.Client.GetAsync(ExtensionServer.Root + "/redirect");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("the backend attempted to redirect this request, which is not permitted", await answer.Content.ReadAsStringAsync());
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task A_request_to_switch_protocols_becomes_a_stream()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ExtensionServer.Root + "/upgrade") { Version = HttpVersion.Version11 };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("SPDY", "3.1"));
        using var answer = await _case.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await stream.WriteAsync("hello"u8.ToArray());
        await stream.FlushAsync();
        var buffer = new byte[5];
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer));
    }

    [Fact]
    public async Task A_server_that_has_gone_is_named()
    {
        var port = _case.Extension.Port;
        await _case.Extension.DisposeAsync();
        var text = await _case.UntilAsync(Things, "*/*", static text => text.Contains("refused", StringComparison.Ordinal) || text.StartsWith("service unavailable", StringComparison.Ordinal));
        Assert.True(text == $"error trying to reach service: dial tcp localhost:{port}: connect: connection refused\n" || text == "service unavailable\n", text);
        Assert.Contains($"Get \"https://localhost:{port}{ExtensionServer.Root}\": dial tcp localhost:{port}: connect: connection refused", (await NextFailureAsync()).Message, StringComparison.Ordinal);
        await _case.UntilAsync(Things, "*/*", static text => text == "service unavailable\n");
    }

    [Fact]
    public async Task A_registration_that_is_gone_serves_nothing()
    {
        await _case.Server.Admin.DeleteAsync<Api.Registration.APIService>(null, AggregationCase.Name, null, default);
        await _case.UntilAsync(Things, "*/*", static text => text == "404 page not found\n");
    }

    private async Task<Api.Registration.APIServiceCondition> NextFailureAsync()
    {
        // Any change of its service makes the controller look again.
        var service = await _case.Server.Admin.GetAsync<Service>("default", "ext", default);
        await _case.Server.Admin.UpdateAsync(service with { Metadata = service.Metadata with { Labels = Api.ApiMap.FromPairs(("look", "again")) } }, default);
        return await _case.AvailabilityAsync("FailedDiscoveryCheck");
    }
}
