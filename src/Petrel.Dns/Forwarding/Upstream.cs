using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Petrel.Dns.Chain;
using Petrel.Dns.Plugins;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Forwarding;

/// <summary>
/// One server that queries are forwarded to: over UDP, and again over TCP when the answer was truncated. Any answer, even an
/// error, shows that it is healthy. A failure to answer starts probes, and only probes decide that it is not.
/// </summary>
internal sealed class Upstream(IPEndPoint endPoint, ForwardPluginOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly DnsQuestion ProbeQuestion = new(DnsName.Root, RecordType.NS);

    private readonly UdpExchange _udp = new(endPoint, time);
    private readonly SemaphoreSlim _suspicion = new(0, 1);
    private int _failedProbes;

    public IPEndPoint EndPoint => endPoint;

    /// <summary>False after too many probes in a row went unanswered.</summary>
    public bool IsHealthy => Volatile.Read(ref _failedProbes) < options.FailuresMax;

    /// <summary>Asks what a client asked. Does not throw for anything the network does.</summary>
    public async ValueTask<UpstreamReply> AskAsync(DnsQuery query, CancellationToken cancellationToken)
    {
        UpstreamReply reply = await AskAsync(query.Question, query.Flags, query.Edns, cancellationToken).ConfigureAwait(false);
        if (reply.Message is null && _suspicion.CurrentCount == 0)
        {
            Suspect();
        }

        return reply;
    }

    /// <summary>Waits for failures, and then probes until the upstream answers.</summary>
    public async Task ProbeAsync(CancellationToken stopping)
    {
        MessageFlags flags = new() { RecursionDesired = true };
        while (true)
        {
            await _suspicion.WaitAsync(stopping).ConfigureAwait(false);
            while ((await AskAsync(ProbeQuestion, flags, clientEdns: null, stopping).ConfigureAwait(false)).Message is null)
            {
                Interlocked.Increment(ref _failedProbes);
                await Task.Delay(options.ProbeInterval, time, stopping).ConfigureAwait(false);
            }

            Volatile.Write(ref _failedProbes, 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        _udp.Dispose();
        _suspicion.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Suspect()
    {
        try
        {
            _suspicion.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another query raised the same suspicion a moment ago; one is enough.
        }
    }

    private async ValueTask<UpstreamReply> AskAsync(
        DnsQuestion question, MessageFlags clientFlags, Edns? clientEdns, CancellationToken cancellationToken)
    {
        // A fresh id and the client's wishes, nothing else of its message: options and extra records are hop by hop.
        MessageFlags flags = new()
        {
            RecursionDesired = clientFlags.RecursionDesired,
            CheckingDisabled = clientFlags.CheckingDisabled,
            AuthenticData = clientFlags.AuthenticData,
        };
        Edns? edns = clientEdns is { } wishes ? new Edns(UdpExchange.PayloadBytesMax, DnssecOk: wishes.DnssecOk) : null;
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        DnsMessage request = new(id, flags, question, default, edns);

        using CancellationTokenSource timeout = new(options.ReadTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            DnsMessage reply = await _udp.AskAsync(request, either.Token).ConfigureAwait(false);
            if (reply.Flags.Truncated)
            {
                reply = await TcpExchange.AskAsync(endPoint, request, either.Token).ConfigureAwait(false) ?? reply;
            }

            return new UpstreamReply(reply, null);
        }
        catch (OperationCanceledException)
        {
            return new UpstreamReply(null, "no answer in time");
        }
        catch (SocketException exception)
        {
            return new UpstreamReply(null, exception.SocketErrorCode.ToString());
        }
        catch (IOException exception)
        {
            return new UpstreamReply(null, exception.Message);
        }
    }
}
