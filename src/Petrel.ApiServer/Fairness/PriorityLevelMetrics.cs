using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>How full a priority level is, over time.</summary>
/// <param name="waiting">Requests that wait.</param>
/// <param name="executing">Requests that run.</param>
/// <param name="seats">Seats that are taken.</param>
/// <param name="demand">Seats that could be used.</param>
internal sealed class PriorityLevelMetrics(TimingHistogram waiting, TimingHistogram executing, TimingHistogram seats, TimingHistogram demand)
{
    public void Note(int waitingRequests, int executingRequests, int seatsInUse, int seatsWanted)
    {
        waiting.Set(waitingRequests);
        executing.Set(executingRequests);
        seats.Set(seatsInUse);
        demand.Set(seatsWanted);
    }

    /// <param name="places">For requests that wait.</param>
    /// <param name="limit">Seats that there are now.</param>
    /// <param name="nominal">Seats by the level's share.</param>
    public void Limit(double places, double limit, double nominal)
    {
        // A level without any still has its ratios.
        waiting.SetDenominator(Math.Max(1, places));
        executing.SetDenominator(Math.Max(1, limit));
        seats.SetDenominator(Math.Max(1, limit));
        demand.SetDenominator(Math.Max(1, nominal));
    }
}
