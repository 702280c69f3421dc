namespace Petrel.ApiServer.Fairness;

/// <summary>Demand for a priority level's seats in one period between two divisions of the server's.</summary>
/// <param name="Smoothed">Average plus deviation, of which peaks are forgotten slowly.</param>
internal readonly record struct SeatDemandPeriod(double Peak, double Average, double Deviation, double Smoothed);
