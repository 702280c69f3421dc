using Petrel.Api.FlowControl;

namespace Petrel.ApiServer.Fairness;

/// <summary>Divides the server's seats among priority levels: by their shares, and every few seconds by what they need (KEP-1040, "Dispatching").</summary>
internal static class SeatAllocation
{
    private const int BisectionSteps = 60;

    /// <param name="serverSeats">Seats of all levels together.</param>
    /// <param name="sharesSum">Shares of all levels together.</param>
    public static SeatLimits Limits(PriorityLevelConfigurationSpec spec, int serverSeats, long sharesSum)
    {
        var nominal = sharesSum == 0 ? 0 : (int)Math.Ceiling(serverSeats * (double)Shares(spec) / sharesSum);
        var lendable = spec.Limited?.LendablePercent ?? spec.Exempt?.LendablePercent ?? 0;
        var borrowing = spec.Limited?.BorrowingLimitPercent is { } percent ? Part(nominal, percent) : serverSeats;
        return new SeatLimits(nominal, nominal - (int)Part(nominal, lendable), (int)Math.Min(int.MaxValue, nominal + borrowing));
    }

    public static int Shares(PriorityLevelConfigurationSpec spec) => spec.Limited?.NominalConcurrencyShares ?? spec.Exempt?.NominalConcurrencyShares ?? 0;

    /// <summary>Gives every claim its seats.</summary>
    /// <param name="seats">What there is to divide.</param>
    /// <returns>The seats in the order of the claims, and the factor on the targets that used all of them up; 0 when they did not suffice.</returns>
    public static (int[] Seats, double FairFraction) Divide(int seats, IReadOnlyList<SeatClaim> claims)
    {
        long lower = claims.Sum(static claim => (long)claim.Lower), guaranteed = claims.Sum(static claim => (long)claim.Guaranteed);
        if (seats <= lower)
        {
            var part = lower == 0 ? 0 : Math.Max(0.0, seats) / lower;
            return ([.. claims.Select(claim => Round(claim.Lower * part))], 0);
        }

        if (seats <= guaranteed)
        {
            var part = (seats - lower) / (double)(guaranteed - lower);
            return ([.. claims.Select(claim => Round(claim.Lower + ((claim.Guaranteed - claim.Lower) * part)))], 0);
        }

        var fraction = FairFraction(seats, claims);
        return ([.. claims.Select(claim => Round(At(fraction, claim)))], fraction);
    }

    // What the levels get only grows with the fraction, so the one that uses up the seats is found by halving.
    private static double FairFraction(int seats, IReadOnlyList<SeatClaim> claims)
    {
        var (low, high) = (0.0, claims.Max(static claim => claim.Target > 0 ? claim.Upper / claim.Target : 0));
        for (var step = 0; step < BisectionSteps; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = claims.Sum(claim => At(middle, claim)) < seats ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double At(double fraction, in SeatClaim claim) => Math.Min(claim.Upper, Math.Max(claim.Guaranteed, fraction * claim.Target));

    private static double Part(int seats, int percent) => Math.Round(seats * (double)percent / 100, MidpointRounding.AwayFromZero);

    private static int Round(double seats) => (int)Math.Round(seats, MidpointRounding.AwayFromZero);
}
