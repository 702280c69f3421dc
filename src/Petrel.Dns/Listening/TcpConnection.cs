using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Listening;

/// <summary>
/// One client's connection: messages with their length before them (RFC 1035 section 4.2.2). Several queries may be under
/// way, and are answered as they are ready (RFC 7766 section 6.2.1.1).
/// </summary>
internal sealed class TcpConnection(Socket socket, QueryHandler handler, DnsServerLimits limits, TimeProvider time) : IDisposable
{
    private const int LengthBytes = sizeof(ushort);

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly SemaphoreSlim _pipeline = new(limits.TcpPipelineMax);
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Serves until the client closes, is silent too long or breaks the framing, or the server stops.</summary>
    public async Task ServeAsync(CancellationToken stopping)
    {
        SocketAddress? client = socket.RemoteEndPoint?.Serialize();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await ReadAsync(client, ending).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The other side closed, or was silent for too long.
        }

        // Answers under way are still delivered to a client that only stopped asking; each is bounded by its own time limits.
        for (int i = 0; i < limits.TcpPipelineMax; i++)
        {
            await _pipeline.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _pipeline.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync(SocketAddress? client, CancellationTokenSource ending)
    {
        byte[] prefix = new byte[LengthBytes];
        while (true)
        {
            await ReadExactlyAsync(prefix, ending.Token).ConfigureAwait(false);
            int length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
            byte[] request = ArrayPool<byte>.Shared.Rent(Math.Max(length, WireLimits.HeaderBytes));
            try
            {
                await ReadExactlyAsync(request.AsMemory(0, length), ending.Token).ConfigureAwait(false);
                await _pipeline.WaitAsync(ending.Token).ConfigureAwait(false);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(request);
                throw;
            }

            _ = AnswerAsync(request, length, client, ending);
        }
    }

    private async Task AnswerAsync(byte[] request, int length, SocketAddress? client, CancellationTokenSource ending)
    {
        byte[] reply = ArrayPool<byte>.Shared.Rent(LengthBytes + WireLimits.MessageBytesMax);
        try
        {
            int replyLength = await handler
                .AnswerAsync(request.AsMemory(0, length), reply.AsMemory(LengthBytes), DnsTransport.Tcp, client, ending.Token)
                .ConfigureAwait(false);
            if (replyLength > 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)replyLength);
                await WriteAsync(reply.AsMemory(0, LengthBytes + replyLength), ending.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // A reply cut short leaves the connection without framing: end the reading too.
            await ending.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(request);
            ArrayPool<byte>.Shared.Return(reply);
            _pipeline.Release();
        }
    }

    private async ValueTask ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using CancellationTokenSource idle = new(limits.TcpIdleTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        await _stream.ReadExactlyAsync(buffer, either.Token).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using CancellationTokenSource idle = new(limits.TcpIdleTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        await _writing.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(bytes, either.Token).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
