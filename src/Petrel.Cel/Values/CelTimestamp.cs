using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A moment between the years 1 and 9999, exact to the nanosecond.</summary>
public sealed class CelTimestamp(long seconds, int nanoseconds) : CelValue
{
    internal const long MinSeconds = -62135596800;
    internal const long MaxSeconds = 253402300799;

    /// <summary>Whole seconds since 1970-01-01T00:00:00Z, rounded down.</summary>
    public long Seconds { get; } = seconds;

    /// <summary>What is added to the whole seconds, below a second.</summary>
    public int Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Timestamp;

    public static CelTimestamp Of(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new(seconds, (int)((time.UtcTicks - DateTimeOffset.FromUnixTimeSeconds(seconds).UtcTicks) * 100));
    }

    public override bool EqualTo(CelValue other) => other is CelTimestamp time && time.Seconds == Seconds && time.Nanoseconds == Nanoseconds;

    internal int CompareTo(CelTimestamp other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>The moment of so many seconds and nanoseconds, or null outside the range.</summary>
    internal static CelTimestamp? TryCreate(long seconds, long nanoseconds)
    {
        var (whole, rest) = Math.DivRem(nanoseconds, CelDuration.NanosecondsPerSecond);
        if (rest < 0)
        {
            (whole, rest) = (whole - 1, rest + CelDuration.NanosecondsPerSecond);
        }

        var total = seconds + whole;
        return total is < MinSeconds or > MaxSeconds ? null : new CelTimestamp(total, (int)rest);
    }
}
