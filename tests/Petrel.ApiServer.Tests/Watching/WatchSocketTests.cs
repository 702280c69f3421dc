using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Watching;

/// <summary>Watches over a WebSocket, as browsers make them.</summary>
public sealed class WatchSocketTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TestServer _server = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _address = await _server.ListenAsync();
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"a"}}""");
    }

    public async Task DisposeAsync()
    {
        _patience.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Json_events_are_text_messages()
    {
        using var socket = await ConnectAsync("application/json", "");
        Assert.Equal("ADDED a", await EventAsync(socket));
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"b"}}""");
        Assert.Equal("ADDED b", await EventAsync(socket));
    }

    [Fact]
    public async Task Protobuf_events_are_binary_messages_without_a_length()
    {
        using var socket = await ConnectAsync("application/vnd.kubernetes.protobuf", "");
        var message = await socket.ReceiveAsync(_buffer, _patience.Token);
        Assert.Equal((WebSocketMessageType.Binary, true), (message.MessageType, message.EndOfMessage));

        // WatchEvent: its first field is the type.
        Assert.Equal("\n\u0005ADDED", Encoding.Latin1.GetString(_buffer, 0, 7));
    }

    [Fact]
    public async Task The_end_of_the_time_closes_it()
    {
        using var socket = await ConnectAsync("application/json", "&timeoutSeconds=1");
        Assert.Equal("ADDED a", await EventAsync(socket));
        var end = await socket.ReceiveAsync(_buffer, _patience.Token);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.NormalClosure), (end.MessageType, end.CloseStatus));
    }

    [Fact]
    public async Task A_refusal_comes_before_the_handshake()
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("application/json", "&resourceVersionMatch=Exact"));
        Assert.Contains("422", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string> EventAsync(ClientWebSocket socket)
    {
        var message = await socket.ReceiveAsync(_buffer, _patience.Token);
        Assert.Equal((WebSocketMessageType.Text, true), (message.MessageType, message.EndOfMessage));
        var change = JsonNode.Parse(_buffer.AsSpan(0, message.Count))!;
        return change.Text("type") + " " + change.Text("object", "metadata", "name");
    }

    private async Task<ClientWebSocket> ConnectAsync(string accept, string query)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Accept", accept);
        socket.Options.ClientCertificates = [TestServer.Pki.Authority.IssueAdmin().Load()];
        socket.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is X509Certificate2;
        await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "wss", Path = Requests.ConfigMaps, Query = "watch=1" + query }.Uri, _patience.Token);
        return socket;
    }
}
