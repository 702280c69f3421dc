namespace Petrel.ApiServer.Fairness;

/// <summary>What a priority level may claim when the server's seats are divided anew.</summary>
/// <param name="Lower">What it keeps in any case.</param>
/// <param name="Guaranteed">What it gets unless that is more than there is: its recent demand up to its nominal limit.</param>
/// <param name="Upper">The most it may get.</param>
/// <param name="Target">By which it is weighed against the others: its smoothed demand.</param>
internal readonly record struct SeatClaim(int Lower, int Guaranteed, int Upper, double Target);
