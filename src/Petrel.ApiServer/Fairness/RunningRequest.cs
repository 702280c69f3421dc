namespace Petrel.ApiServer.Fairness;

/// <summary>A request that has its seats, as the gauges see it.</summary>
internal sealed class RunningRequest
{
    private readonly FlowRequest _flow;
    private readonly InFlightSeries _inFlight;
    private readonly TimeProvider _time;
    private int _hasEnded;

    public RunningRequest(FlowRequest flow, InFlightSeries inFlight, TimeProvider time)
    {
        (_flow, _inFlight, _time) = (flow, inFlight, time);
        _inFlight.Increment();
        flow.Route.Metrics.Executing.Increment();
        flow.Route.Metrics.ExecutingSeats.Add(flow.Estimate.MaxSeats);
    }

    /// <summary>Gives the seats back: when a watch has sent its initial state, or a request is answered. Later calls do nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        var metrics = _flow.Route.Metrics;
        (_flow.Info.IsWatch ? metrics.WatchDuration : metrics.RegularDuration).Observe(_time.GetElapsedTime(_flow.Started).TotalSeconds);
        metrics.Executing.Decrement();
        metrics.ExecutingSeats.Add(-_flow.Estimate.MaxSeats);
        _inFlight.Decrement();
        _flow.Route.Level.End(_flow);
    }
}
