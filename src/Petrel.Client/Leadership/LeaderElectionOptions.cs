namespace Petrel.Client.Leadership;

/// <summary>One election. The times are upstream's defaults and must keep their order: lease &gt; renewal &gt; retry.</summary>
/// <param name="Namespace">Namespace of the lease.</param>
/// <param name="Name">Name of the lease: who agrees on it takes part.</param>
/// <param name="Identity">Unique among those who take part.</param>
public sealed record LeaderElectionOptions(string Namespace, string Name, string Identity)
{
    /// <summary>Others wait this long after the last renewal they saw before they take the lease.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that could not renew for this long stops leading.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between tries to get or renew the lease.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
