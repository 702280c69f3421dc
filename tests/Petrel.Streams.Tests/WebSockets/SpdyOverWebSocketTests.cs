using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.Spdy;
using Petrel.Streams.Upgrades;
using Petrel.Streams.WebSockets;

namespace Petrel.Streams.Tests.WebSockets;

public sealed class SpdyOverWebSocketTests
{
    private const string Protocol = "SPDY/3.1+portforward.k8s.io";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Spdy_inside_a_WebSocket_reaches_the_target_and_ends_with_a_close()
    {
        await using var runtime = await TestServer.StartAsync(context => FakeRuntime.ServeAsync(context));
        await using var node = await StartAsync(runtime.Address);
        await using var response = await ConnectAsync(node.Address, "/cat?streams=stdin,stdout,error");
        Assert.Equal(101, response.StatusCode);

        // The fake runtime chose this one; a real one chooses among what was offered.
        Assert.Equal("SPDY/3.1+v4.channel.k8s.io", response.Header("Sec-WebSocket-Protocol"));
        using var socket = WebSocket.CreateFromStream(response.Content, new WebSocketCreationOptions());
        await using var bytes = WebSocketStream.Create(socket, WebSocketMessageType.Binary);
        await using var connection = SpdyConnection.Start(bytes, SpdyRole.Client);
        var stdin = await OpenAsync(connection, "stdin");
        var stdout = await OpenAsync(connection, "stdout");
        await OpenAsync(connection, "error");
        var data = new byte[10 * 1024 * 1024];
        Random.Shared.NextBytes(data);
        var sending = Task.Run(async () =>
        {
            await stdin.SendAsync(data);
            await stdin.FinishAsync();
        });
        using var received = new MemoryStream();
        await stdout.Input.CopyToAsync(received).WaitAsync(Patience);
        await sending;
        Assert.True(data.AsSpan().SequenceEqual(received.ToArray()));
        await connection.Completion.WaitAsync(Patience);
        Assert.Equal(WebSocketState.CloseReceived, socket.State);
    }

    [Fact]
    public async Task A_refusal_passes_as_it_is()
    {
        await using var target = await TestServer.StartAsync(async context =>
        {
            Assert.Equal("POST", context.Request.Method);
            Assert.Equal("portforward.k8s.io", context.Request.Headers["X-Stream-Protocol-Version"]);
            Assert.False(context.Request.Headers.ContainsKey("Sec-WebSocket-Key"));
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("pod does not exist");
        });
        await using var node = await StartAsync(target.Address);
        await using var response = await ConnectAsync(node.Address, "/");
        using var reader = new StreamReader(response.Content);
        Assert.Equal("404 pod does not exist", $"{response.StatusCode} {await reader.ReadToEndAsync()}");
    }

    private static Task<TestServer> StartAsync(Uri target) =>
        TestServer.StartAsync(async context =>
        {
            Assert.True(SpdyOverWebSocket.IsRequested(context));
            var uri = new Uri(target, context.Request.Path + context.Request.QueryString.ToString());
            Assert.Null(await SpdyOverWebSocket.RunAsync(context, uri, new UpgradeOptions()));
        });

    /// <summary>By hand: .NET's WebSocket client refuses the subprotocol's name, too.</summary>
    private static async Task<UpgradeResponse> ConnectAsync(Uri address, string path)
    {
        var request = new UpgradeRequest(
            "GET",
            new Uri(address, path),
            "websocket",
            [
                new("Sec-WebSocket-Version", "13"),
                new("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="),
                new("Sec-WebSocket-Protocol", Protocol),
            ]);
        return (await UpgradeClient.ConnectAsync(request, new UpgradeOptions(), CancellationToken.None)).Response!;
    }

    private static Task<SpdyStream> OpenAsync(SpdyConnection connection, string type) =>
        connection.OpenAsync(new Dictionary<string, string> { ["streamtype"] = type }).WaitAsync(Patience);
}
