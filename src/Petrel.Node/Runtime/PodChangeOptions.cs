namespace Petrel.Node.Runtime;

/// <summary>How <see cref="PodChangeSource"/> spends its time.</summary>
public sealed record PodChangeOptions
{
    /// <summary>Time between looks without an event. Upstream looks every second; here events make that unnecessary.</summary>
    public TimeSpan RelistPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time until the second look at a container that ended but is still listed as running; doubles with each further look.</summary>
    public TimeSpan FirstSettlePause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Time until the next attempt when the runtime does not answer.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most ended containers kept in mind until they are listed as ended; further ones wait for the next relist.</summary>
    public int MaxUnsettled { get; init; } = 10_000;
}
