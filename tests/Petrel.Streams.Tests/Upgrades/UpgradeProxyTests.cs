using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Streams.Spdy;
using Petrel.Streams.Upgrades;

namespace Petrel.Streams.Tests.Upgrades;

public sealed class UpgradeProxyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly UpgradeOptions Trusting = new()
    {
        Tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestServer.Certificate.Equals(certificate) },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spdy_passes_through_two_hops_intact(bool tls)
    {
        await using var runtime = await TestServer.StartAsync(context => FakeRuntime.ServeAsync(context));
        await using var node = await StartProxyAsync(runtime.Address, tls);
        await using var server = await StartProxyAsync(node.Address, tls);
        await using var response = await ConnectAsync(server.Address, "/cat?streams=stdin,stdout,error");
        Assert.Equal("v4.channel.k8s.io", response.Header("X-Stream-Protocol-Version"));
        await using var connection = SpdyConnection.Start(response.Content, SpdyRole.Client);
        var stdin = await OpenAsync(connection, "stdin");
        var stdout = await OpenAsync(connection, "stdout");
        var error = await OpenAsync(connection, "error");
        var data = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(data);
        var sending = Task.Run(async () =>
        {
            await stdin.SendAsync(data);
            await stdin.FinishAsync();
        });
        Assert.Equal(data, await ReadToEndAsync(stdout));
        await sending;
        Assert.Equal(FakeRuntime.Success, Encoding.UTF8.GetString(await ReadToEndAsync(error)));
    }

    [Fact]
    public async Task A_refusal_passes_with_status_headers_and_body()
    {
        await using var target = await TestServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 403;
            context.Response.Headers["X-Reason"] = "because";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"kind\":\"Status\"}");
        });
        await using var proxy = await StartProxyAsync(target.Address);
        await using var response = await ConnectAsync(proxy.Address, "/");
        Assert.Equal((403, "because"), (response.StatusCode, response.Header("X-Reason")));
        Assert.Equal("application/json", response.ContentHeaders.ContentType?.MediaType);
        using var reader = new StreamReader(response.Content);
        Assert.Equal("{\"kind\":\"Status\"}", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task What_fails_before_an_answer_is_the_callers_to_tell()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await using var proxy = await StartProxyAsync(new Uri($"http://{closed.LocalEndPoint}/"));
        Assert.Equal(
            $"500 error dialing backend: dial tcp {closed.LocalEndPoint}: connect: connection refused",
            await RefusalAsync(proxy.Address));

        await using var ordinary = await TestServer.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var proxyOfOrdinary = await StartProxyAsync(ordinary.Address);
        Assert.Equal("500 invalid upgrade response: status code 200", await RefusalAsync(proxyOfOrdinary.Address));
    }

    [Fact]
    public async Task A_silent_target_fails_the_handshake_in_time()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        silent.Listen();
        var request = new UpgradeRequest("POST", new Uri($"http://{silent.LocalEndPoint}/"), "SPDY/3.1", []);
        var result = await UpgradeClient.ConnectAsync(request, new UpgradeOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);
        Assert.Equal($"dial tcp {silent.LocalEndPoint}: i/o timeout", result.Failure);
    }

    [Fact]
    public async Task Credentials_stay_and_everything_else_passes()
    {
        var seen = new TaskCompletionSource<string>();
        await using var target = await TestServer.StartAsync(context =>
        {
            seen.TrySetResult(string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend(context.Request.QueryString.ToString())));
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        });
        await using var proxy = await StartProxyAsync(target.Address);
        await using var response = await ConnectAsync(
            proxy.Address,
            "/x?command=a%2Fb&command=%20b",
            new("Authorization", "Bearer secret1"),
            new("Impersonate-User", "secret2"),
            new("Sec-WebSocket-Protocol", "base64url.bearer.authorization.k8s.io.secret3, v4.channel.k8s.io"),
            new("X-Stream-Protocol-Version", "v4.channel.k8s.io"),
            new("X-Stream-Protocol-Version", "v3.channel.k8s.io"),
            new("Cookie", "a=b"));
        var request = await seen.Task.WaitAsync(Patience);
        Assert.DoesNotContain("secret", request, StringComparison.Ordinal);
        Assert.StartsWith("?command=a%2Fb&command=%20b\n", request, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: v4.channel.k8s.io", request, StringComparison.Ordinal);
        Assert.Contains("X-Stream-Protocol-Version: v4.channel.k8s.io, v3.channel.k8s.io", request, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 127.0.0.1", request, StringComparison.Ordinal);
        Assert.Contains("Cookie: a=b", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_sends_before_it_closes_arrives()
    {
        var received = new TaskCompletionSource<long>();
        await using var target = await StartRawAsync(async stream =>
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            received.TrySetResult(all.Length);
        });
        await using var proxy = await StartProxyAsync(target.Address);
        await using (var response = await ConnectAsync(proxy.Address, "/"))
        {
            await response.Content.WriteAsync(new byte[3_000_000]);
        }

        Assert.Equal(3_000_000, await received.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task What_a_target_sends_before_it_closes_arrives_though_the_client_still_sends()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        await using var proxy = await StartProxyAsync(new Uri($"http://{listener.LocalEndPoint}/"));
        var serving = Task.Run(async () =>
        {
            using var target = await listener.AcceptAsync();
            await target.ReceiveAsync(new byte[1000]);
            await target.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n"u8.ToArray());
            await target.SendAsync(new byte[3_000_000]);
            target.Shutdown(SocketShutdown.Send);
            while (await target.ReceiveAsync(new byte[1000]) > 0)
            {
            }
        });
        await using var response = await ConnectAsync(proxy.Address, "/");
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await response.Content.WriteAsync(new byte[1000]);
            }
        });
        var buffer = new byte[3_000_000];
        await response.Content.ReadExactlyAsync(buffer).AsTask().WaitAsync(Patience);
        await stop.CancelAsync();
        await Task.WhenAny(sending);
        Assert.Equal(-1, response.Content.ReadByte());
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_idle_tunnel_is_closed()
    {
        await using var target = await StartRawAsync(async stream => await stream.ReadExactlyAsync(new byte[1]));
        await using var proxy = await StartProxyAsync(target.Address, options: new UpgradeOptions { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        await using var response = await ConnectAsync(proxy.Address, "/");
        Assert.Equal(0, await response.Content.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task WebSockets_pass_with_their_subprotocol()
    {
        await using var target = await TestServer.StartAsync(async context =>
        {
            using var socket = await Petrel.Streams.WebSockets.WebSocketHandshake.AcceptAsync(context, "v4.channel.k8s.io");
            var buffer = new byte[100];
            var message = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        await using var proxy = await StartProxyAsync(target.Address);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("v4.channel.k8s.io");
        await client.ConnectAsync(proxy.WebSocketAddress, CancellationToken.None);
        Assert.Equal("v4.channel.k8s.io", client.SubProtocol);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[100];
        var echoed = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer.AsSpan(0, echoed.Count)));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static Task<TestServer> StartProxyAsync(Uri target, bool tls = false, UpgradeOptions? options = null) =>
        TestServer.StartAsync(
            async context =>
            {
                var uri = new Uri(target, context.Request.Path + context.Request.QueryString.ToString());
                if (await UpgradeProxy.RunAsync(context, uri, options ?? Trusting) is { } failure)
                {
                    context.Response.StatusCode = failure.StatusCode;
                    await context.Response.WriteAsync(failure.Message);
                }
            },
            tls);

    /// <summary>A target that speaks a protocol of its own after 101.</summary>
    private static Task<TestServer> StartRawAsync(Func<Stream, Task> serve) =>
        TestServer.StartAsync(async context =>
        {
            context.Response.Headers.Upgrade = "raw";
            await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            await serve(stream);
        });

    private static async Task<UpgradeResponse> ConnectAsync(Uri address, string path, params KeyValuePair<string, string>[] headers)
    {
        var request = new UpgradeRequest("POST", new Uri(address, path), "SPDY/3.1", headers);
        var result = await UpgradeClient.ConnectAsync(request, Trusting, CancellationToken.None);
        Assert.Null(result.Failure);
        return result.Response!;
    }

    private static async Task<string> RefusalAsync(Uri address)
    {
        await using var response = await ConnectAsync(address, "/");
        using var reader = new StreamReader(response.Content);
        return $"{response.StatusCode} {await reader.ReadToEndAsync()}";
    }

    private static Task<SpdyStream> OpenAsync(SpdyConnection connection, string type) =>
        connection.OpenAsync(new Dictionary<string, string> { ["streamtype"] = type }).WaitAsync(Patience);

    private static async Task<byte[]> ReadToEndAsync(SpdyStream stream)
    {
        using var received = new MemoryStream();
        await stream.Input.CopyToAsync(received).WaitAsync(Patience);
        return received.ToArray();
    }
}
