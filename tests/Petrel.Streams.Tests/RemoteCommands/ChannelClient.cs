using System.Net.WebSockets;
using System.Text;

namespace Petrel.Streams.Tests.RemoteCommands;

/// <summary>A client of v5.channel.k8s.io that collects what arrives on each channel.</summary>
internal sealed class ChannelClient : IDisposable
{
    public const string Protocol = "v5.channel.k8s.io";

    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream[] _received = [.. Enumerable.Range(0, 5).Select(_ => new MemoryStream())];

    public WebSocketState State => _socket.State;

    public static async Task<ChannelClient> ConnectAsync(Uri address, string path)
    {
        var client = new ChannelClient();
        client._socket.Options.AddSubProtocol(Protocol);
        await client._socket.ConnectAsync(new Uri(address, path), CancellationToken.None);
        Assert.Equal(Protocol, client._socket.SubProtocol);
        return client;
    }

    public Task SendAsync(byte channel, ReadOnlyMemory<byte> data) =>
        _socket.SendAsync((byte[])[channel, .. data.Span], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public Task CloseChannelAsync(byte channel) => SendAsync(255, new[] { channel });

    /// <summary>One message: its channel and data; null at the close.</summary>
    public async Task<byte?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        byte? channel = null;
        while (true)
        {
            var piece = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            var start = channel is null ? 1 : 0;
            channel ??= buffer[0];
            _received[channel.Value].Write(buffer.AsSpan(start, piece.Count - start));
            if (piece.EndOfMessage)
            {
                return channel;
            }
        }
    }

    /// <summary>Receives until the server closes, then closes too.</summary>
    public async Task FinishAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    public byte[] Bytes(int channel) => _received[channel].ToArray();

    public string Text(int channel) => Encoding.UTF8.GetString(Bytes(channel));

    /// <summary>Drops the connection without a word.</summary>
    public void Dispose() => _socket.Dispose();
}
