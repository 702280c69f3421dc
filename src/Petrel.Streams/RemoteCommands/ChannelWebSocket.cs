using System.Buffers;
using System.Net.WebSockets;
using Petrel.Streams.Upgrades;

namespace Petrel.Streams.RemoteCommands;

/// <summary>Sends and receives channel messages (one byte of channel, then data) on one WebSocket.</summary>
internal sealed class ChannelWebSocket(WebSocket socket, IdleTimeout idle) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>One message; false when the client is gone.</summary>
    public async Task<bool> TrySendAsync(RemoteCommandChannel channel, ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        var length = 1 + (int)data.Length;
        var message = ArrayPool<byte>.Shared.Rent(length);
        message[0] = (byte)channel;
        data.CopyTo(message.AsSpan(1));
        try
        {
            await _sending.WaitAsync(cancellationToken);
            try
            {
                await socket.SendAsync(message.AsMemory(0, length), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                idle.Touch();
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Tells the client that nothing more follows.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // Nobody to tell.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>
    /// Hands every message to <paramref name="receive"/>, in pieces when it is long, until the client closes or is
    /// gone. Pings are answered meanwhile.
    /// </summary>
    public async Task ReceiveAsync(Func<byte, ReadOnlyMemory<byte>, ValueTask> receive, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            byte? channel = null;
            while (true)
            {
                var piece = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (piece.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                idle.Touch();
                var data = buffer.AsMemory(0, piece.Count);
                if (channel is null && data.Length > 0)
                {
                    channel = data.Span[0];
                    data = data[1..];
                }

                if (channel is { } number && data.Length > 0)
                {
                    await receive(number, data);
                }

                channel = piece.EndOfMessage ? null : channel;
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // Gone without a close is an end like any other.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _sending.Dispose();

    private static bool IsGone(Exception exception) =>
        exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException;
}
