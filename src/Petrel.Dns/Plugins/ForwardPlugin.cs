using Petrel.Dns.Chain;
using Petrel.Dns.Forwarding;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Plugins;

/// <summary>Asks other servers. Healthy upstreams are tried in random order; when none is healthy, any is better than none.</summary>
public sealed class ForwardPlugin : IDnsPlugin, IBackgroundPlugin, IAsyncDisposable
{
    private readonly ForwardPluginOptions _options;
    private readonly TimeProvider _time;
    private readonly Upstream[] _upstreams;
    private int _inFlight;

    public ForwardPlugin(ForwardPluginOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Upstreams.Length, ForwardPluginOptions.UpstreamsMax);
        _options = options;
        _time = time;
        _upstreams = [.. options.Upstreams.Select(endPoint => new Upstream(endPoint, options, time))];
    }

    public string Name => "forward";

    public async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        if (_upstreams.Length == 0)
        {
            return await next(query, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return Interlocked.Increment(ref _inFlight) <= _options.ConcurrentMax
                ? await AskAsync(query, cancellationToken).ConfigureAwait(false)
                : DnsResponse.Failed(ResponseCode.Refused, $"already {_options.ConcurrentMax} queries wait for upstreams");
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Probes upstreams that failed until they answer again.</summary>
    public Task RunAsync(DnsStep chain, CancellationToken stopping) =>
        Task.WhenAll(_upstreams.Select(upstream => upstream.ProbeAsync(stopping)));

    public async ValueTask DisposeAsync()
    {
        foreach (Upstream upstream in _upstreams)
        {
            await upstream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<DnsResponse> AskAsync(DnsQuery query, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_options.Deadline, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Upstream[] candidates = InOrder();
        UpstreamReply reply = default;
        for (int attempt = 0; attempt < _options.AttemptsMax && !deadline.IsCancellationRequested; attempt++)
        {
            Upstream upstream = candidates[attempt % candidates.Length];
            reply = await upstream.AskAsync(query, either.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (reply.Message is { } message)
            {
                return ToResponse(message);
            }

            reply = reply with { Failure = $"{upstream.EndPoint}: {reply.Failure}" };
        }

        return DnsResponse.Failed(ResponseCode.ServerFailure, reply.Failure ?? "no upstream answered");
    }

    private Upstream[] InOrder()
    {
        Upstream[] healthy = Array.FindAll(_upstreams, upstream => upstream.IsHealthy);
        Upstream[] candidates = healthy.Length > 0 ? healthy : [.. _upstreams];
        Random.Shared.Shuffle(candidates);
        return candidates;
    }

    private static DnsResponse ToResponse(DnsMessage message) => new(message.ResponseCode, message.Sections)
    {
        Authoritative = message.Flags.Authoritative,
        RecursionAvailable = message.Flags.RecursionAvailable,
        AuthenticData = message.Flags.AuthenticData,
        Truncated = message.Flags.Truncated,
    };
}
