using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Listening;

/// <summary>
/// Answers the datagrams of one socket. A query that can be answered at once is answered by the loop that received it; one
/// that must wait, for an upstream, keeps its buffers while the loop goes on with others.
/// </summary>
internal sealed partial class UdpListener(Socket socket, QueryHandler handler, DnsServerLimits limits, ILogger<UdpListener> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private readonly SemaphoreSlim _waiting = new(limits.UdpWaitingMax);

    public void Start()
    {
        for (int i = 0; i < limits.UdpReceivers; i++)
        {
            _loops.Add(Task.Run(ReceiveAsync));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        await Task.WhenAll(_loops).ConfigureAwait(false);

        // Every place taken back: no query is using the socket or its buffers any more.
        for (int i = 0; i < limits.UdpWaitingMax; i++)
        {
            await _waiting.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _waiting.Dispose();
        _stopping.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Datagram datagram = new(socket.AddressFamily, limits.UdpPayloadBytesMax);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                datagram.Length = await socket
                    .ReceiveFromAsync(datagram.Request, SocketFlags.None, datagram.Client, _stopping.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // One datagram that was too long, or could not be taken in; the socket itself stays usable.
                Log.ReceiveFailed(logger, exception.SocketErrorCode);
                continue;
            }

            ValueTask answer = AnswerAsync(datagram);
            if (!answer.IsCompleted)
            {
                datagram = new Datagram(socket.AddressFamily, limits.UdpPayloadBytesMax);
                if (!await _waiting.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
                {
                    // The receive buffer of the kernel is the queue from here on, and drops what exceeds it.
                    await answer.ConfigureAwait(false);
                    continue;
                }

                _ = ReleaseAfterAsync(answer);
            }
            else
            {
                await answer.ConfigureAwait(false);
            }
        }
    }

    private async Task ReleaseAfterAsync(ValueTask answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        finally
        {
            _waiting.Release();
        }
    }

    private async ValueTask AnswerAsync(Datagram datagram)
    {
        try
        {
            int length = await handler
                .AnswerAsync(datagram.Request.AsMemory(0, datagram.Length), datagram.Reply, DnsTransport.Udp, datagram.Client, _stopping.Token)
                .ConfigureAwait(false);
            if (length > 0)
            {
                await socket
                    .SendToAsync(datagram.Reply.AsMemory(0, length), SocketFlags.None, datagram.Client, _stopping.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The server is stopping: the client asks another, or again.
        }
        catch (SocketException exception)
        {
            Log.SendFailed(logger, exception.SocketErrorCode);
        }
    }

    /// <summary>The buffers of one query.</summary>
    private sealed class Datagram(AddressFamily family, int replyBytes)
    {
        /// <summary>Longer requests than this exist only as attacks: a name has 255 bytes, EDNS options a few dozen.</summary>
        private const int RequestBytesMax = 2048;

        public byte[] Request { get; } = new byte[RequestBytesMax];

        public byte[] Reply { get; } = new byte[Math.Max(replyBytes, WireLimits.UdpBytesDefault)];

        public SocketAddress Client { get; } = new(family);

        public int Length { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A datagram could not be received: {Error}")]
        public static partial void ReceiveFailed(ILogger logger, SocketError error);

        [LoggerMessage(Level = LogLevel.Debug, Message = "A reply could not be sent: {Error}")]
        public static partial void SendFailed(ILogger logger, SocketError error);
    }
}
