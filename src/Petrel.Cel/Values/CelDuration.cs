using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A span of time in nanoseconds; about 292 years at most.</summary>
public sealed class CelDuration(long nanoseconds) : CelValue
{
    internal const long NanosecondsPerSecond = 1_000_000_000;

    public long Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Duration;

    public override bool EqualTo(CelValue other) => other is CelDuration duration && duration.Nanoseconds == Nanoseconds;
}
