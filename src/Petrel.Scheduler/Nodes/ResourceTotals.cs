using Petrel.Api;

namespace Petrel.Scheduler.Nodes;

/// <summary>
/// Amounts of the resources that count in scheduling. Sums stop at the largest long instead of turning negative, so absurd
/// requests fit nowhere.
/// </summary>
/// <param name="MilliCpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="EphemeralStorage">Bytes.</param>
internal readonly record struct ResourceTotals(long MilliCpu, long Memory, long EphemeralStorage)
{
    private readonly KeyValuePair<string, long>[]? _extended;

    /// <summary>Extended resources and huge pages, by name and sorted by it.</summary>
    public ReadOnlySpan<KeyValuePair<string, long>> Extended => _extended;

    public bool IsZero => MilliCpu == 0 && Memory == 0 && EphemeralStorage == 0 && Extended.Length == 0;

    public static ResourceTotals Of(ApiMap<Quantity> amounts)
    {
        var (cpu, memory, storage) = (0L, 0L, 0L);
        List<KeyValuePair<string, long>>? extended = null;
        foreach (var (name, amount) in amounts)
        {
            switch (name)
            {
                case "cpu":
                    cpu = amount.MilliValue;
                    break;
                case "memory":
                    memory = amount.Value;
                    break;
                case "ephemeral-storage":
                    storage = amount.Value;
                    break;
                default:
                    if (IsExtended(name))
                    {
                        (extended ??= []).Add(KeyValuePair.Create(name, amount.Value));
                    }

                    break;
            }
        }

        return new ResourceTotals(cpu, memory, storage, extended is null ? null : [.. extended.OrderBy(static pair => pair.Key, StringComparer.Ordinal)]);
    }

    private ResourceTotals(long milliCpu, long memory, long ephemeralStorage, KeyValuePair<string, long>[]? extended) : this(milliCpu, memory, ephemeralStorage) =>
        _extended = extended;

    /// <summary>The amount of an extended resource; 0 when there is none.</summary>
    public long ExtendedAmount(string name)
    {
        foreach (var (candidate, amount) in Extended)
        {
            if (candidate == name)
            {
                return amount;
            }
        }

        return 0;
    }

    public ResourceTotals Add(in ResourceTotals other) => Combine(other, Sum);

    /// <summary>The larger amount of each resource.</summary>
    public ResourceTotals Max(in ResourceTotals other) => Combine(other, Math.Max);

    /// <summary>The sum, or the largest long.</summary>
    public static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    public bool Equals(ResourceTotals other) =>
        MilliCpu == other.MilliCpu && Memory == other.Memory && EphemeralStorage == other.EphemeralStorage && Extended.SequenceEqual(other.Extended);

    public override int GetHashCode() => HashCode.Combine(MilliCpu, Memory, EphemeralStorage);

    private ResourceTotals Combine(in ResourceTotals other, Func<long, long, long> combine) => new(
        combine(MilliCpu, other.MilliCpu),
        combine(Memory, other.Memory),
        combine(EphemeralStorage, other.EphemeralStorage),
        _extended is null ? other._extended : other._extended is null ? _extended : Merge(_extended, other._extended, combine));

    private static KeyValuePair<string, long>[] Merge(KeyValuePair<string, long>[] left, KeyValuePair<string, long>[] right, Func<long, long, long> combine)
    {
        var merged = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, amount) in left)
        {
            merged[name] = amount;
        }

        foreach (var (name, amount) in right)
        {
            merged[name] = merged.TryGetValue(name, out var present) ? combine(present, amount) : amount;
        }

        return [.. merged];
    }

    /// <summary>Whether the node offers it in countable pieces: names of other domains, huge pages, attachable volumes.</summary>
    private static bool IsExtended(string name) =>
        name.StartsWith("hugepages-", StringComparison.Ordinal)
        || name.StartsWith("attachable-volumes-", StringComparison.Ordinal)
        || name.Contains('/', StringComparison.Ordinal);
}
