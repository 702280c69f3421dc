using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Forwarding;

/// <summary>
/// Asks one server over UDP. Each query has a connected socket to itself, taken from a few kept open for a while, so that
/// the kernel drops datagrams of strangers, and ports stay hard to guess.
/// </summary>
internal sealed class UdpExchange(IPEndPoint endPoint, TimeProvider time) : IDisposable
{
    /// <summary>Small enough never to be fragmented on the way (DNS flag day 2020).</summary>
    public const ushort PayloadBytesMax = 1232;

    private const int IdleSocketsMax = 64;

    /// <summary>A socket idle for longer is closed rather than used again.</summary>
    private static readonly TimeSpan IdleTimeMax = TimeSpan.FromSeconds(10);

    private readonly ConcurrentStack<IdleSocket> _idle = new();

    /// <summary>Sends the request and waits for the reply to it, ignoring anything else that arrives.</summary>
    public async ValueTask<DnsMessage> AskAsync(DnsMessage request, CancellationToken cancellationToken)
    {
        Socket socket = Take() ?? await ConnectAsync(cancellationToken).ConfigureAwait(false);
        bool answered = false;
        try
        {
            // Upstreams answer more than was asked for at times; 64 KiB would be a waste for the rest.
            byte[] buffer = new byte[4096];
            int length = MessageEncoder.Encode(request, buffer);
            await socket.SendAsync(buffer.AsMemory(0, length), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            DnsMessage? reply;
            do
            {
                length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            }
            while (!ReplyMatch.TryRead(buffer.AsSpan(0, length), request, out reply));

            answered = true;
            return reply!;
        }
        finally
        {
            // A socket whose answer may still come would hand it to the next query.
            Return(socket, answered);
        }
    }

    public void Dispose()
    {
        while (_idle.TryPop(out IdleSocket idle))
        {
            idle.Socket.Dispose();
        }
    }

    private Socket? Take()
    {
        while (_idle.TryPop(out IdleSocket idle))
        {
            if (time.GetElapsedTime(idle.Since) < IdleTimeMax)
            {
                return idle.Socket;
            }

            idle.Socket.Dispose();
        }

        return null;
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Return(Socket socket, bool isClean)
    {
        if (isClean && _idle.Count < IdleSocketsMax)
        {
            _idle.Push(new IdleSocket(socket, time.GetTimestamp()));
        }
        else
        {
            socket.Dispose();
        }
    }

    private readonly record struct IdleSocket(Socket Socket, long Since);
}
