using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Listening;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Tests;

/// <summary>A server of the test's own making: for each UDP request it sends whatever datagrams the test says.</summary>
internal sealed class StubUpstream : IAsyncDisposable
{
    private readonly ListenSockets _sockets = ListenSockets.Open(TestServer.AnyPort);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<DnsMessage, IEnumerable<DnsMessage>> _udp;
    private readonly Func<DnsMessage, DnsMessage>? _tcp;
    private readonly Task _serving;
    private int _asked;

    public StubUpstream(Func<DnsMessage, IEnumerable<DnsMessage>> udp, Func<DnsMessage, DnsMessage>? tcp = null)
    {
        _udp = udp;
        _tcp = tcp;
        _serving = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public IPEndPoint EndPoint => (IPEndPoint)_sockets.Udp.LocalEndPoint!;

    /// <summary>UDP requests so far.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The request, answered with these records.</summary>
    public static DnsMessage Reply(DnsMessage request, params ResourceRecord[] answers) => request with
    {
        Flags = request.Flags with { IsResponse = true, RecursionAvailable = true },
        Sections = new MessageSections { Answers = [.. answers] },
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sockets.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            SocketReceiveFromResult received = await _sockets.Udp.ReceiveFromAsync(buffer, TestServer.AnyPort, _stopping.Token);
            Interlocked.Increment(ref _asked);
            foreach (DnsMessage reply in _udp(TestClient.Parse(buffer[..received.ReceivedBytes])))
            {
                await _sockets.Udp.SendToAsync(TestClient.Encode(reply), received.RemoteEndPoint, _stopping.Token);
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        while (_tcp is not null)
        {
            using NetworkStream stream = new(await _sockets.Tcp.AcceptAsync(_stopping.Token), ownsSocket: true);
            await TestClient.SendAsync(stream, _tcp(await TestClient.ReceiveAsync(stream)));
        }
    }
}
