using System.Globalization;
using Petrel.Api;
using Petrel.Linux.Mounts;

namespace Petrel.Node.Status;

/// <summary>What the node has and what of it pods may use: all but the reserve that keeps the node itself alive.</summary>
public sealed record NodeResources(ApiMap<Quantity> Capacity, ApiMap<Quantity> Allocatable)
{
    // Kubelet's default hard eviction thresholds: pods must not be promised what they would be evicted for using.
    private const long MemoryReserve = 100 * 1024 * 1024;

    public static NodeResources Measure(string rootDirectory, int maxPods) => From(
        Environment.ProcessorCount, Machine.MemoryBytes, (long)FileSystemUsage.Of(rootDirectory).CapacityBytes, maxPods, Machine.Hugepages());

    internal static NodeResources From(int processors, long memory, long storage, int maxPods, IReadOnlyDictionary<long, long> hugepages)
    {
        var same = ApiMap.FromPairs(("cpu", new Quantity(processors)), ("pods", new Quantity(maxPods)));
        var hugepageBytes = 0L;
        foreach (var (size, bytes) in hugepages)
        {
            same = same.With("hugepages-" + PageSize(size), new Quantity(bytes, QuantityFormat.BinarySI));
            hugepageBytes += bytes;
        }

        return new(
            same.With("memory", Bytes(memory)).With("ephemeral-storage", Bytes(storage)),
            same.With("memory", Bytes(Math.Max(0, memory - MemoryReserve - hugepageBytes)))
                .With("ephemeral-storage", new Quantity(storage - (storage / 10))));
    }

    internal static string PageSize(long bytes) => bytes % (1 << 30) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30}Gi")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}Mi");

    private static Quantity Bytes(long bytes) => new(bytes, QuantityFormat.BinarySI);
}
