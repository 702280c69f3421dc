using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>Requests for a group version that another API server serves.</summary>
public sealed class ExtensionProxyTests : IAsyncLifetime
{
    private const string Things = ExtensionServer.Root + "/namespaces/default/things";

    private readonly string _folder = Directory.CreateTempSubdirectory("petrel-extension-").FullName;
    private AggregationCase _case = null!;

    private string Log => Path.Combine(_folder, "audit.log");

    public async Task InitializeAsync()
    {
        var policy = Path.Combine(_folder, "policy.yaml");
        await File.WriteAllTextAsync(policy, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata, resources: [{group: ext.example.com}]}]");
        var audit = new AuditOptions { PolicyFile = policy, Log = new AuditLogOptions { Path = Log } };
        _case = await AggregationCase.StartAsync(serverOptions: new ApiServerOptions { Audit = audit });
        await _case.RegisterAsync();
        await _case.AvailabilityAsync("Passed");
        await _case.UntilAsync(Things, "*/*", static text => text.StartsWith('{'));
    }

    public async Task DisposeAsync()
    {
        await _case.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

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
        using var request = UpgradeRequest(ExtensionServer.Root + "/upgrade");
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
    public async Task A_WebSocket_is_one_long_request_of_its_user()
    {
        using var socket = new ClientWebSocket();
        socket.Options.ClientCertificates = [TestServer.Pki.Authority.IssueAdmin().Load()];
        socket.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is X509Certificate2;
        socket.Options.AddSubProtocol("plain.example.com");
        socket.Options.SetRequestHeader("X-Remote-User", "forged");
        socket.Options.SetRequestHeader("X-Remote-Group", "forged");
        await socket.ConnectAsync(new UriBuilder(_case.Client.BaseAddress!) { Scheme = "wss", Path = Things + "/a/portforward", Query = "ports=1" }.Uri, default);
        Assert.Equal("plain.example.com", socket.SubProtocol);

        var seen = JsonNode.Parse(await ReceiveAsync(socket))!;
        Assert.Equal($"GET {Things}/a/portforward?ports=1", seen.Text("request"));
        Assert.Equal(("CN=front-proxy-client", "ext.default.svc"), (seen.Text("proxy"), seen.Text("host")));
        Assert.Equal(("kubernetes-admin", "system:masters|system:authenticated"), (seen.Text("headers", "x-remote-user"), seen.Text("headers", "x-remote-group")));
        Assert.StartsWith("X509SHA256=", seen.Text("headers", "x-remote-extra-authentication.kubernetes.io%2fcredential-id"), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", seen.Text("headers", "x-forwarded-for"));

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, default);
        Assert.Equal("hello", await ReceiveAsync(socket));
        Assert.Equal(["RequestReceived", "ResponseStarted 101"], Stages("/portforward"));
        Assert.Contains("\napiserver_longrunning_requests{verb=\"GET\",group=\"\",version=\"\",resource=\"\",subresource=\"\",scope=\"\",component=\"apiserver\"} 1\n", await _case.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Stages("/portforward") is not ["RequestReceived", "ResponseStarted 101", "ResponseComplete 101"])
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(403, "403 no streams here")]
    [InlineData(200, "503 invalid upgrade response: status code 200\n")]
    [InlineData(302, "503 invalid upgrade response: status code 302\n")]
    public async Task A_refusal_to_switch_protocols_is_told(int code, string expected)
    {
        _case.Extension.RefusalCode = code;
        using var request = UpgradeRequest(ExtensionServer.Root + "/refuse");
        using var answer = await _case.Client.SendAsync(request);
        Assert.Equal(expected, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        Assert.False(answer.Headers.Contains("X-Hop"));
    }

    [Theory]
    [InlineData("/a", false)]
    [InlineData("/a/portforward", true)]
    public async Task Nobody_can_have_the_identity_taken_out_as_something_of_his_connection(string path, bool isUpgrade)
    {
        using var request = isUpgrade ? UpgradeRequest(Things + path) : new HttpRequestMessage(HttpMethod.Get, Things + path) { Version = HttpVersion.Version11 };
        request.Headers.Remove("Connection");
        request.Headers.TryAddWithoutValidation("Connection", (isUpgrade ? "Upgrade, " : "") + "X-Remote-User, X-Remote-Group, Audit-Id, X-Forwarded-For, X-Secret");
        request.Headers.TryAddWithoutValidation("X-Secret", "for this server");
        request.Headers.TryAddWithoutValidation("X-Public", "for all");
        if (isUpgrade)
        {
            request.Headers.Upgrade.Clear();
            request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", "plain.example.com");
        }

        using var answer = await _case.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var socket = isUpgrade ? WebSocket.CreateFromStream(await answer.Content.ReadAsStreamAsync(), new WebSocketCreationOptions()) : null;
        var seen = JsonNode.Parse(socket is null ? await answer.Content.ReadAsStringAsync() : await ReceiveAsync(socket))!;
        Assert.Equal(("kubernetes-admin", "system:masters|system:authenticated"), (seen.Text("headers", "x-remote-user"), seen.Text("headers", "x-remote-group")));
        Assert.Equal((answer.Headers.GetValues("Audit-Id").Single(), "127.0.0.1", "for all"), (seen.Text("headers", "audit-id"), seen.Text("headers", "x-forwarded-for"), seen.Text("headers", "x-public")));
        if (!isUpgrade)
        {
            // Of a request to switch protocols Kestrel keeps no other option; upstream's proxy passes those headers on, too.
            Assert.Null(seen["headers"]!["x-secret"]);
        }
    }

    [Fact]
    public async Task A_watch_gives_its_seats_back_when_it_is_passed_on()
    {
        const string Executing = "apiserver_flowcontrol_current_executing_requests{flow_schema=\"exempt\",priority_level=\"exempt\"} ";
        using var answer = await _case.Client.GetAsync(ExtensionServer.Root + "/things?watch=true", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var metrics = await _case.Client.GetStringAsync("/metrics");
        Assert.Contains("\n" + Executing + "1\n", metrics, StringComparison.Ordinal);
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

    private static HttpRequestMessage UpgradeRequest(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version11 };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("SPDY", "3.1"));
        return request;
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var message = await socket.ReceiveAsync(buffer.AsMemory(), default);
        return Encoding.UTF8.GetString(buffer, 0, message.Count);
    }

    /// <summary>What the audit log says of the requests to paths that end so.</summary>
    private IReadOnlyList<string> Stages(string pathEnd) =>
    [
        .. File.ReadAllLines(Log).Select(static line => JsonNode.Parse(line)!)
            .Where(line => line.Text("requestURI").Split('?')[0].EndsWith(pathEnd, StringComparison.Ordinal))
            .Select(static line => $"{line.Text("stage")} {line.Text("responseStatus", "code")}".TrimEnd()),
    ];

    private async Task<Api.Registration.APIServiceCondition> NextFailureAsync()
    {
        // Any change of its service makes the controller look again.
        var service = await _case.Server.Admin.GetAsync<Service>("default", "ext", default);
        await _case.Server.Admin.UpdateAsync(service with { Metadata = service.Metadata with { Labels = Api.ApiMap.FromPairs(("look", "again")) } }, default);
        return await _case.AvailabilityAsync("FailedDiscoveryCheck");
    }
}
