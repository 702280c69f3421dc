using System.Buffers;
using System.Net.WebSockets;

namespace Petrel.ApiServer.Watching;

/// <summary>Events as the messages of a WebSocket: text for JSON, binary for protobuf.</summary>
internal sealed class WebSocketOutput(WebSocket socket, WebSocketMessageType type) : IWatchOutput
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<int> _ends = [];

    public IBufferWriter<byte> Buffer => _buffer;

    public bool NeedsLengths => false;

    public long Unsent => _buffer.WrittenCount;

    public void EndEvent() => _ends.Add(_buffer.WrittenCount);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var start = 0;
        foreach (var end in _ends)
        {
            await socket.SendAsync(_buffer.WrittenMemory[start..end], type, endOfMessage: true, cancellationToken);
            start = end;
        }

        _ends.Clear();
        _buffer.ResetWrittenCount();
    }

    /// <summary>Tells the client that nothing more follows.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            // Nobody to tell.
        }
    }

    /// <summary>Reads and forgets what the client sends, until it closes or is gone.</summary>
    public async Task IgnoreAsync(CancellationToken cancellationToken)
    {
        var ignored = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(ignored.AsMemory(), cancellationToken)).MessageType != WebSocketMessageType.Close)
            {
                // A watch has nothing to hear.
            }
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            // That is what was waited for.
        }
    }
}
