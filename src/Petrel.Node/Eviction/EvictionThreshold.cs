using Petrel.Api;

namespace Petrel.Node.Eviction;

/// <summary>When there is too little of a resource: below a quantity, or below a part of the capacity.</summary>
/// <param name="Quantity">Bytes, inodes or processes; null when the part counts.</param>
/// <param name="Fraction">Of the capacity, 0 to 1.</param>
public sealed record EvictionThreshold(EvictionSignal Signal, long? Quantity = null, double Fraction = 0)
{
    /// <summary>How long it must be so before a pod is evicted; zero for at once (a hard threshold).</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>The least that must be available.</summary>
    public long Least(long capacity) => Quantity ?? (long)(capacity * Fraction);

    internal bool IsMet(NodeObservation observation) => observation.Available < Least(observation.Capacity);

    /// <summary>As messages show amounts of the resource.</summary>
    internal string Format(long amount) => new Quantity(amount, IsBytes ? QuantityFormat.BinarySI : QuantityFormat.DecimalSI).ToString();

    private bool IsBytes => Signal.Resource is "memory" or "ephemeral-storage";
}
