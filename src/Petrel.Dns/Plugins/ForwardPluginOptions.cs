using System.Collections.Immutable;
using System.Net;

namespace Petrel.Dns.Plugins;

/// <summary>Where and how queries are forwarded; the defaults are those of CoreDNS and of kubeadm's Corefile.</summary>
public sealed record ForwardPluginOptions
{
    /// <summary>More upstreams than this are refused.</summary>
    public const int UpstreamsMax = 15;

    /// <summary>The upstreams, one of which is chosen at random for each query. With none, queries are passed to the next plugin.</summary>
    public ImmutableArray<IPEndPoint> Upstreams { get; init; } = [];

    /// <summary>How many queries may wait for upstreams at a time; further ones are refused.</summary>
    public int ConcurrentMax { get; init; } = 1000;

    /// <summary>Failed probes in a row after which an upstream is left out.</summary>
    public int FailuresMax { get; init; } = 2;

    /// <summary>How long one upstream has to answer.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long all attempts for one query may take. Clients usually wait five seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause between probes of an upstream that failed.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Attempts for one query, whatever the number of upstreams.</summary>
    public int AttemptsMax { get; init; } = 3;
}
