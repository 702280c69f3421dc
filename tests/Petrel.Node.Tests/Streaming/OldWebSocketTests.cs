using System.Net.WebSockets;
using System.Text;
using Xunit;

namespace Petrel.Node.Tests.Streaming;

/// <summary>WebSocket protocols before v5 pass to the runtime, which serves them itself.</summary>
[Collection(ContainerdTests.Name)]
public sealed class OldWebSocketTests(ContainerdFixture containerd)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RuntimeFact]
    public async Task Exec_in_the_protocols_that_are_older_than_v5()
    {
        await using var node = await StreamingNode.StartAsync(containerd, "busybox sleep 1000");
        var command = "/exec/default/pod/main?output=1&error=1&command=busybox&command=sh&command=-c&command=echo+out%3B+exit+3";
        var v4 = await RunAsync(node, command, "v4.channel.k8s.io");
        Assert.Equal("out\n", v4[1]);
        Assert.Contains("""{"reason":"ExitCode","message":"3"}""", v4[3], StringComparison.Ordinal);
        var v1 = await RunAsync(node, command, "channel.k8s.io");
        Assert.Equal("out\n", v1[1]);
        Assert.Contains("exit code 3", v1[3], StringComparison.Ordinal);
        var base64 = await RunAsync(node, command, "v4.base64.channel.k8s.io");
        Assert.Equal("b3V0Cg==", base64['1']);
    }

    [RuntimeFact]
    public async Task Port_forward_with_a_channel_for_each_port()
    {
        await using var node = await StreamingNode.StartAsync(containerd, "busybox nc -ll -p 8080 -e busybox cat");
        using var socket = await ConnectAsync(node, "/portForward/default/pod?port=8080", "v4.channel.k8s.io");
        Assert.Equal([0, 0x90, 0x1f], await ReceiveAsync(socket));
        Assert.Equal([1, 0x90, 0x1f], await ReceiveAsync(socket));
        await socket.SendAsync("\0hello"u8.ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
        Assert.Equal("\0hello"u8.ToArray(), await ReceiveAsync(socket));
    }

    [RuntimeFact]
    public async Task A_request_that_asks_for_nothing_is_refused()
    {
        await using var node = await StreamingNode.StartAsync(containerd, "busybox sleep 1000");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(node, "/exec/default/pod/main?command=true", "v4.channel.k8s.io"));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(node, "/portForward/default/pod?port=0", "v4.channel.k8s.io"));
    }

    private static async Task<Dictionary<int, string>> RunAsync(StreamingNode node, string path, string protocol)
    {
        using var socket = await ConnectAsync(node, path, protocol);
        var channels = new Dictionary<int, string>();
        while (await ReceiveAsync(socket) is { } message)
        {
            if (message.Length > 1)
            {
                channels[message[0]] = channels.GetValueOrDefault(message[0], "") + Encoding.UTF8.GetString(message.AsSpan(1));
            }
        }

        return channels;
    }

    private static async Task<ClientWebSocket> ConnectAsync(StreamingNode node, string path, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => node.Certificate.Equals(certificate);
        socket.Options.ClientCertificates.Add(node.ClientCertificate);
        await socket.ConnectAsync(new Uri(node.NodeWebSocketAddress, path), CancellationToken.None);
        Assert.Equal(protocol, socket.SubProtocol);
        return socket;
    }

    private static async Task<byte[]?> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var message = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(Patience);
        return message.MessageType == WebSocketMessageType.Close ? null : buffer[..message.Count];
    }
}
