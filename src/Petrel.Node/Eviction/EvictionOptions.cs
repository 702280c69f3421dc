namespace Petrel.Node.Eviction;

/// <summary>When a node that runs out of something evicts pods. Names after the colon are kubelet's.</summary>
public sealed record EvictionOptions
{
    /// <summary>
    /// <c>evictionHard</c>, <c>evictionSoft</c>. The defaults are upstream's, and for processes the last hundredth, without
    /// which the node itself could not act.
    /// </summary>
    public IReadOnlyList<EvictionThreshold> Thresholds { get; init; } =
    [
        new(EvictionSignal.Memory, 100 << 20),
        new(EvictionSignal.NodeDisk, Fraction: 0.10),
        new(EvictionSignal.NodeInodes, Fraction: 0.05),
        new(EvictionSignal.ImageDisk, Fraction: 0.15),
        new(EvictionSignal.ImageInodes, Fraction: 0.05),
        new(EvictionSignal.Processes, Fraction: 0.01),
    ];

    /// <summary>Time between looks.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pressure is still told after it was last seen: <c>evictionPressureTransitionPeriod</c>.</summary>
    public TimeSpan TransitionPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time a pod has to end at a soft threshold: <c>evictionMaxPodGracePeriod</c>.</summary>
    public TimeSpan MaxPodGracePeriod { get; init; } = TimeSpan.Zero;

    /// <summary>Where the runtime keeps images. Counted only when it is a file system of its own.</summary>
    public string ImageDirectory { get; init; } = "/var/lib/containerd";
}
