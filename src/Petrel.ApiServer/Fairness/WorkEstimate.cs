namespace Petrel.ApiServer.Fairness;

/// <summary>
/// How much of a server a request takes: seats while it runs, and other seats for a while after, when its event is still being sent to watches
/// (KEP-1040, "Width of the request").
/// </summary>
/// <param name="InitialSeats">Seats while the request runs.</param>
/// <param name="FinalSeats">Seats for <paramref name="AdditionalLatency"/> after it.</param>
internal readonly record struct WorkEstimate(int InitialSeats, int FinalSeats = 0, TimeSpan AdditionalLatency = default)
{
    /// <summary>What a request is assumed to take before it has run, in seconds; set right when it ends.</summary>
    public const double GuessedSeconds = 0.003;

    public static WorkEstimate OneSeat { get; } = new(1);

    /// <summary>Seats that must be free for the request to start.</summary>
    public int MaxSeats => Math.Max(InitialSeats, FinalSeats);

    /// <summary>Seats times seconds.</summary>
    public double TotalWork => (InitialSeats * GuessedSeconds) + (FinalSeats * AdditionalLatency.TotalSeconds);
}
