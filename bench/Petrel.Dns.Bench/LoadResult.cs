namespace Petrel.Dns.Bench;

/// <summary>What a load found.</summary>
/// <param name="Microseconds">The time of each query, sorted.</param>
/// <param name="Elapsed">How long the load lasted.</param>
/// <param name="AllocatedBytes">What the process allocated meanwhile.</param>
internal sealed record LoadResult(double[] Microseconds, TimeSpan Elapsed, long AllocatedBytes)
{
    public override string ToString() =>
        $"{Microseconds.Length / Elapsed.TotalSeconds:F0} queries/s, p50 {At(0.5):F0} us, p99 {At(0.99):F0} us, "
        + $"{(double)AllocatedBytes / Microseconds.Length:F0} bytes allocated per query";

    private double At(double share) => Microseconds[(int)(share * (Microseconds.Length - 1))];
}
