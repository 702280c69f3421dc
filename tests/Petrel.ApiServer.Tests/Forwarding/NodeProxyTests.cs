using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Tests.Subresources;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Forwarding;

/// <summary>Requests through nodes/NAME/proxy and pods/NAME/log to a server in the place of a node's agent.</summary>
public sealed class NodeProxyTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate =
        TestServer.Pki.Authority.IssueNodeServer("n", new CertificateNames(["n"], [IPAddress.Loopback])).Load();

    private TestServer? _server;
    private WebApplication? _agent;
    private HttpClient? _client;

    private TestServer Server => _server!;

    private HttpClient Client => _client!;

    public async Task InitializeAsync()
    {
        _server = await PodCase.StartAsync();
        _agent = await AgentAsync(_certificate);
        await NodeAsync("n", new Uri(_agent.Urls.First()).Port);
        _client = TestServer.Client(await Server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        await _agent!.DisposeAsync();
        await Server.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Method_path_query_and_body_arrive_as_they_were_sent_under_the_servers_own_identity()
    {
        using var content = new StringContent(new string('x', 4 * 1024 * 1024));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/nodes/n/proxy/echo/a%2Fb/?q=1&q=%20") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer stolen");
        using var answer = await Client.SendAsync(request);
        using var seen = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string Of(string name) => seen.RootElement.GetProperty(name).GetString()!;
        Assert.Equal("PUT /echo/a%2Fb/?q=1&q=%20", Of("request"));
        Assert.Equal("4194304", Of("body"));
        Assert.Equal("", Of("authorization"));
        Assert.Contains("kube-apiserver-kubelet-client", Of("user"), StringComparison.Ordinal);
        Assert.Equal("/api/v1/nodes/n/proxy/echo/a%2Fb/", Of("uri"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_node_proves_its_own_address_by_whatever_name_the_server_was_called()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes/n/proxy/echo");
        request.Headers.Host = "localhost";
        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/there?x=1", "/api/v1/nodes/n/proxy/there?x=1")]
    [InlineData("SELF/there", "/api/v1/nodes/n/proxy/there")]
    [InlineData("https://example.com/there", "https://example.com/there")]
    [InlineData("below", "below")]
    public async Task Redirects_of_the_backend_to_itself_lead_back_here(string to, string location)
    {
        var agent = _agent!.Urls.First();
        using var answer = await SendWithoutRedirectAsync("/api/v1/nodes/n/proxy/redirect?to=" + Uri.EscapeDataString(to.Replace("SELF", agent, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.Found, location), (answer.StatusCode, answer.Headers.GetValues("Location").Single()));
    }

    [Fact]
    public async Task A_path_that_ends_at_the_subresource_gets_its_slash()
    {
        using var answer = await SendWithoutRedirectAsync("/api/v1/nodes/n/proxy?x=1");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/api/v1/nodes/n/proxy/?x=1"), (answer.StatusCode, answer.Headers.GetValues("Location").Single()));
    }

    [Fact]
    public async Task A_node_without_a_certificate_of_the_cluster_is_not_believed()
    {
        var stranger = CertificateAuthority.CreateSelfSigned("other", TimeProvider.System);
        using var authority = new CertificateAuthority(stranger, TimeProvider.System);
        using var certificate = authority.IssueNodeServer("n", new CertificateNames([], [IPAddress.Loopback])).Load();
        await using var agent = await AgentAsync(certificate);
        await NodeAsync("false", new Uri(agent.Urls.First()).Port);
        await Server.CreateAsync("p", "false");

        Assert.Equal(503, (await Server.SendAsync("GET", "/api/v1/nodes/false/proxy/echo")).Code);
        var log = await Server.SendAsync("GET", "/api/v1/namespaces/default/pods/p/log");
        Assert.Equal(500, log.Code);
        Assert.Contains("failed to verify certificate", log.Text, StringComparison.Ordinal);
        Assert.Equal((200, "log of p"), await Server.SendAsync("GET", "/api/v1/namespaces/default/pods/p/log?insecureSkipTLSVerifyBackend=true"));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_named()
    {
        var closed = await AgentAsync(_certificate);
        var port = new Uri(closed.Urls.First()).Port;
        await closed.DisposeAsync();
        await NodeAsync("down", port);
        await Server.CreateAsync("p", "down");
        var proxied = await Server.SendAsync("GET", "/api/v1/nodes/down/proxy/echo");
        Assert.Equal(503, proxied.Code);
        Assert.Contains($"error trying to reach service: dial tcp 127.0.0.1:{port}: connect: connection refused", proxied.Text, StringComparison.Ordinal);
        var log = await Server.SendAsync("GET", "/api/v1/namespaces/default/pods/p/log");
        Assert.Equal(500, log.Code);
        Assert.Contains($"dial tcp 127.0.0.1:{port}: connect: connection refused", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_pass_with_their_options_and_refusals_become_statuses()
    {
        await Server.CreateAsync("p", "n");
        await Server.CreateAsync("waiting", "n");
        await Server.CreateAsync("gone", "n");
        const string Pods = "/api/v1/namespaces/default/pods/";
        Assert.Equal((200, "log of p?follow=true&tailLines=5"), await Server.SendAsync("GET", Pods + "p/log?follow&tailLines=5&timestamps=false"));
        var waiting = await Server.SendAsync("GET", Pods + "waiting/log");
        Assert.Equal(400, waiting.Code);
        Assert.Contains("\"message\":\"is waiting to start\",\"reason\":\"BadRequest\"", waiting.Text, StringComparison.Ordinal);
        var gone = await Server.SendAsync("GET", Pods + "gone/log");
        Assert.Equal(404, gone.Code);
        Assert.Contains("the server could not find the requested resource ( pods/log gone)", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_pods_is_unavailable()
    {
        await Server.Admin.CreateAsync(
            new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "s" }, Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80 }] } }, CancellationToken.None);
        const string Path = "/api/v1/namespaces/default/services/";
        Assert.Equal(404, (await Server.SendAsync("GET", Path + "s/proxy/")).Code);
        await Server.Admin.CreateAsync(
            new Endpoints
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "s" },
                Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = "10.1.2.3" }], Ports = [new EndpointPort { Port = 80 }] }],
            },
            CancellationToken.None);

        // Endpoints that no pod stands behind are not asked: anybody who may write them could reach anything.
        var answer = await Server.SendAsync("GET", Path + "s:80/proxy/");
        Assert.Equal(503, answer.Code);
        Assert.Contains("no endpoints available for service \\\"s:80\\\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("no service port 81 found for service \\\"s\\\"", (await Server.SendAsync("GET", Path + "s:81/proxy/")).Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendWithoutRedirectAsync(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(TestServer.Pki.Authority.Roots);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { CertificateChainPolicy = policy, ClientCertificates = [TestServer.Pki.Authority.IssueAdmin().Load()] },
        };
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Client.BaseAddress!, path));
        return await client.SendAsync(request, CancellationToken.None);
    }

    private Task NodeAsync(string name, int port) => Server.Admin.CreateAsync(
        new Node
        {
            Metadata = new ObjectMeta { Name = name },
            Status = new NodeStatus
            {
                Addresses = [new NodeAddress { Type = "InternalIP", Address = "127.0.0.1" }],
                DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = port } },
            },
        },
        CancellationToken.None);

    private static async Task<WebApplication> AgentAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            }));
        });
        var agent = builder.Build();
        agent.Run(ServeAsync);
        await agent.StartAsync();
        return agent;
    }

    private static async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/redirect")
        {
            context.Response.Redirect(context.Request.Query["to"]!);
            return;
        }

        if (path.StartsWith("/containerLogs/", StringComparison.Ordinal))
        {
            var pod = path.Split('/')[3];
            context.Response.StatusCode = pod switch { "waiting" => 400, "gone" => 404, _ => 200 };
            await context.Response.WriteAsync(pod == "waiting" ? "is waiting to start" : $"log of {pod}{context.Request.QueryString}");
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        await context.Response.WriteAsJsonAsync(new Dictionary<string, string>
        {
            ["request"] = $"{context.Request.Method} {context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget}",
            ["body"] = body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["authorization"] = context.Request.Headers.Authorization.ToString(),
            ["user"] = context.Connection.ClientCertificate!.Subject,
            ["uri"] = context.Request.Headers["X-Forwarded-Uri"].ToString(),
        });
    }
}
