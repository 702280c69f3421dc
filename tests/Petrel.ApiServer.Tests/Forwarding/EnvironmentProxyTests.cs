using System.Net;
using System.Net.Sockets;
using System.Text;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Tests.Webhooks;
using Xunit;

namespace Petrel.ApiServer.Tests.Forwarding;

/// <summary>Which requests of the server go through a proxy.</summary>
public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("", "https://a.example.com", true)]
    [InlineData("*", "https://a.example.com", false)]
    [InlineData("example.com", "https://example.com", false)]
    [InlineData("example.com", "https://a.example.com", false)]
    [InlineData("example.com", "https://anexample.com", true)]
    [InlineData(".example.com", "https://a.example.com", false)]
    [InlineData(".example.com", "https://example.com", true)]
    [InlineData("*.example.com", "https://a.example.com", false)]
    [InlineData("EXAMPLE.com", "https://a.Example.com", false)]
    [InlineData("a, .svc", "https://hook.default.svc", false)]
    [InlineData("example.com:8443", "https://example.com:8443", false)]
    [InlineData("example.com:8443", "https://example.com", true)]
    [InlineData("10.96.0.0/12", "https://10.97.1.2", false)]
    [InlineData("10.96.0.0/12", "https://10.112.1.2", true)]
    [InlineData("10.96.0.1", "https://10.96.0.1", false)]
    [InlineData("10.96.0.1:443", "https://10.96.0.1", false)]
    [InlineData("fd00::/8", "https://[fd12::1]", false)]
    [InlineData("[fd12::1]:443", "https://[fd12::1]", false)]
    [InlineData("", "https://localhost:8443", false)]
    [InlineData("", "https://127.0.0.1", false)]
    [InlineData("", "https://[::1]", false)]
    public void Exceptions_are_read_as_Go_reads_them(string exceptions, string url, bool isProxied)
    {
        var proxy = Of(("HTTPS_PROXY", "http://proxy:3128"), ("NO_PROXY", exceptions));
        Assert.Equal(isProxied ? "http://proxy:3128/" : null, proxy.GetProxy(new Uri(url))?.ToString());
        Assert.Equal(!isProxied, proxy.IsBypassed(new Uri(url)));
    }

    [Fact]
    public void Variables_may_be_small_and_the_scheme_of_the_request_counts()
    {
        var proxy = Of(("https_proxy", "secure:1"), ("http_proxy", "http://plain:2"), ("no_proxy", "none.example.com"));
        Assert.Equal("http://secure:1/", proxy.GetProxy(new Uri("https://a.example.com"))?.ToString());
        Assert.Equal("http://plain:2/", proxy.GetProxy(new Uri("http://a.example.com"))?.ToString());
        Assert.Null(proxy.GetProxy(new Uri("https://none.example.com")));
        Assert.Null(Of().GetProxy(new Uri("https://a.example.com")));
    }

    [Fact]
    public async Task A_webhook_of_a_service_is_asked_through_the_proxy()
    {
        await using var webhook = await WebhookServer.StartAsync();
        webhook.Answer("/", """{"allowed": false, "status": {"message": "asked"}}""");
        using var stop = new CancellationTokenSource();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var tunnels = new List<string>();
        var serving = TunnelAsync(listener, webhook.Port, tunnels, stop.Token);
        var proxy = Of(("HTTPS_PROXY", $"http://{listener.LocalEndpoint}"));
        await using (var server = await TestServer.StartAsync(new SecurityOptions { Proxy = proxy }))
        {
            var (code, _) = await server.Admin.SendAsync("POST", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", $$$"""
                {"metadata":{"name":"h"},"webhooks":[{"name":"h.example.com","sideEffects":"None","admissionReviewVersions":["v1"],
                "clientConfig":{"service":{"namespace":"default","name":"hook","path":"/"},"caBundle":"{{{WebhookServer.CaBundle}}}"},
                "rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]}]}
                """);
            Assert.Equal(201, code);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                // The webhook is known a moment later.
                var (refused, body) = await server.Admin.SendAsync("POST", Requests.ConfigMaps + "?dryRun=All", """{"metadata":{"name":"a"}}""");
                if (refused != 201)
                {
                    Assert.Equal("admission webhook \"h.example.com\" denied the request: asked", body.Text("message"));
                    break;
                }

                Assert.False(patience.IsCancellationRequested);
            }
        }

        Assert.Equal("CONNECT hook.default.svc:443 HTTP/1.1", tunnels[0]);
        await stop.CancelAsync();
        await serving;
    }

    private static EnvironmentProxy Of(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(each => each.Name == name).Value);

    /// <summary>A proxy that joins every tunnel with one port of this machine, wherever it should lead.</summary>
    private static async Task TunnelAsync(TcpListener listener, int port, List<string> tunnels, CancellationToken stop)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(JoinAsync(await listener.AcceptTcpClientAsync(stop), port, tunnels, stop));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private static async Task JoinAsync(TcpClient client, int port, List<string> tunnels, CancellationToken stop)
    {
        using var from = client;
        using var to = new TcpClient();
        await to.ConnectAsync(IPAddress.Loopback, port, stop);
        var (one, other) = (from.GetStream(), to.GetStream());
        var head = new StringBuilder();
        var character = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await one.ReadAsync(character, stop) > 0)
        {
            head.Append((char)character[0]);
        }

        tunnels.Add(head.ToString().Split("\r\n")[0]);
        await one.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
        try
        {
            await Task.WhenAny(one.CopyToAsync(other, stop), other.CopyToAsync(one, stop));
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // One side has left.
        }
    }
}
