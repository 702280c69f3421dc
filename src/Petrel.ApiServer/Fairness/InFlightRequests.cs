using Petrel.ApiServer.Metrics;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>Requests that run or wait now, watches and streams left out, by whether they write.</summary>
internal sealed class InFlightRequests
{
    private readonly Gauge[] _running;
    private readonly Gauge[] _waiting;

    public InFlightRequests(MetricRegistry registry)
    {
        var running = registry.Gauges<RequestKindLabel>("apiserver_current_inflight_requests", "Requests being answered, without watches and streams.");
        var waiting = registry.Gauges<RequestKindLabel>("apiserver_current_inqueue_requests", "Requests that wait in the queues of priority levels.");
        _running = [running.Of(new("readOnly")), running.Of(new("mutating"))];
        _waiting = [waiting.Of(new("readOnly")), waiting.Of(new("mutating"))];
    }

    public Gauge RunningLike(RequestInfo info) => _running[Kind(info)];

    public Gauge WaitingLike(RequestInfo info) => _waiting[Kind(info)];

    public static bool IsMutating(RequestInfo info) => info.Verb is not ("get" or "list" or "watch");

    private static int Kind(RequestInfo info) => IsMutating(info) ? 1 : 0;
}
