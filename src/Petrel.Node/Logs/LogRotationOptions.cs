namespace Petrel.Node.Logs;

/// <summary>When container logs are rotated and what is kept, with the kubelet's defaults.</summary>
public sealed record LogRotationOptions
{
    /// <summary>A log of at least this many bytes is rotated (containerLogMaxSize); negative for never.</summary>
    public long MaxSizeBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Files of one container, the one being written included (containerLogMaxFiles); at least 2.</summary>
    public int MaxFiles { get; init; } = 5;

    /// <summary>How often sizes are looked at (containerLogMonitorInterval).</summary>
    public TimeSpan MonitorInterval { get; init; } = TimeSpan.FromSeconds(10);
}
