using System.Globalization;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Plugins;

/// <summary>
/// Finds out whether the upstreams lead back to this server, by sending them a question nobody else asks and counting how
/// often it comes by. In a loop each query would otherwise multiply until something breaks; so then nothing is forwarded any
/// more. CoreDNS ends its process instead, which here would take the cluster's own names down too.
/// </summary>
public sealed class LoopPlugin : IDnsPlugin, IBackgroundPlugin
{
    /// <summary>Once when it is sent, and once more for an upstream that repeats a query.</summary>
    private const int SightingsMax = 2;

    private readonly DnsName _probe = DnsName.Root.Prepend(RandomLabel()).Prepend(RandomLabel());
    private int _sightings;
    private volatile bool _isOver;

    public string Name => "loop";

    /// <summary>Whether the upstreams were seen to lead back here.</summary>
    public bool IsLooping => Volatile.Read(ref _sightings) > SightingsMax;

    public ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        if (!_isOver && query.Question.Type == RecordType.Hinfo && query.Question.Name == _probe)
        {
            Interlocked.Increment(ref _sightings);
        }

        return IsLooping
            ? ValueTask.FromResult(DnsResponse.Failed(ResponseCode.ServerFailure, $"the upstreams lead back to this server (seen by {_probe})"))
            : next(query, cancellationToken);
    }

    public async Task RunAsync(DnsStep chain, CancellationToken stopping)
    {
        MessageFlags flags = new() { RecursionDesired = true };
        DnsQuestion question = new(_probe, RecordType.Hinfo);
        await chain(new DnsQuery(question, flags, Edns: null, DnsTransport.Internal, Client: null, chain), stopping).ConfigureAwait(false);

        // From here on a client that learned the name must not be able to stop the forwarding.
        _isOver = true;
    }

    private static string RandomLabel() => Random.Shared.NextInt64().ToString(CultureInfo.InvariantCulture);
}
