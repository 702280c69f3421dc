namespace Petrel.ApiServer.Fairness;

/// <summary>
/// How many seats a priority level's requests would take if there were enough, over time. Not safe for several threads:
/// its level's lock protects it.
/// </summary>
internal sealed class SeatDemand(TimeProvider time)
{
    // Upstream's: of a peak, half is forgotten after five minutes.
    private const double SmoothingFactor = 0.977;

    private long _since = time.GetTimestamp();
    private long _started = time.GetTimestamp();
    private double _demand;
    private double _integral;
    private double _squares;
    private double _peak;
    private double _smoothed;

    /// <summary>The demand from now on.</summary>
    public void Set(double demand)
    {
        Integrate(time.GetTimestamp());
        _demand = demand;
        _peak = Math.Max(_peak, demand);
    }

    /// <summary>What the demand was since the last time this was asked.</summary>
    public SeatDemandPeriod End()
    {
        var now = time.GetTimestamp();
        Integrate(now);
        var seconds = time.GetElapsedTime(_started, now).TotalSeconds;
        var average = seconds > 0 ? _integral / seconds : _demand;
        var deviation = seconds > 0 ? Math.Sqrt(Math.Max(0, (_squares / seconds) - (average * average))) : 0;
        var envelope = average + deviation;
        _smoothed = Math.Max(envelope, (SmoothingFactor * _smoothed) + ((1 - SmoothingFactor) * envelope));
        var period = new SeatDemandPeriod(_peak, average, deviation, _smoothed);
        (_integral, _squares, _peak, _started) = (0, 0, _demand, now);
        return period;
    }

    private void Integrate(long now)
    {
        var seconds = time.GetElapsedTime(_since, now).TotalSeconds;
        _integral += _demand * seconds;
        _squares += _demand * _demand * seconds;
        _since = now;
    }
}
