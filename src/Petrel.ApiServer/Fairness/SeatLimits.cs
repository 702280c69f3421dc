namespace Petrel.ApiServer.Fairness;

/// <summary>Seats of a priority level (KEP-1040, "Dispatching": NominalCL, MinCL and MaxCL).</summary>
/// <param name="Nominal">By its share of the server's.</param>
/// <param name="Lower">What is left when others have borrowed all they may.</param>
/// <param name="Upper">With all that it may borrow.</param>
internal readonly record struct SeatLimits(int Nominal, int Lower, int Upper);
