using Petrel.Api;
using Petrel.Api.Core;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>Requests and limits in the kernel's terms (cgroups(7)).</summary>
public static class ContainerLimits
{
    private const long SharesPerProcessor = 1024;
    private const long MinShares = 2;
    private const long MaxShares = 262_144;
    private const long PeriodMicroseconds = 100_000;
    private const long MinQuotaMicroseconds = 1000;

    /// <param name="qosClass">Of the pod: decides who is killed first when the node's memory is used up.</param>
    /// <param name="nodeMemory">Bytes.</param>
    public static Cri.LinuxContainerResources Of(Container container, string qosClass, long nodeMemory)
    {
        var (requests, limits) = (container.Resources.Requests, container.Resources.Limits);
        var resources = new Cri.LinuxContainerResources
        {
            CpuShares = Shares(requests.TryGetValue("cpu", out var request) ? request.MilliValue : limits.GetValueOrDefault("cpu").MilliValue),
            CpuPeriod = PeriodMicroseconds,
            CpuQuota = Quota(limits.GetValueOrDefault("cpu").MilliValue),
            MemoryLimitInBytes = limits.GetValueOrDefault("memory").Value,
            OomScoreAdj = OomScore(qosClass, requests.GetValueOrDefault("memory").Value, nodeMemory),
        };
        foreach (var (name, limit) in limits)
        {
            if (name.StartsWith("hugepages-", StringComparison.Ordinal) && Quantity.TryParse(name.AsSpan("hugepages-".Length), out var size))
            {
                resources.HugepageLimits.Add(new Cri.HugepageLimit { PageSize = PageSize(size.Value), Limit = (ulong)limit.Value });
            }
        }

        return resources;
    }

    public static long Shares(long thousandths) => Math.Clamp(thousandths * SharesPerProcessor / 1000, MinShares, MaxShares);

    /// <summary>0 for no limit.</summary>
    public static long Quota(long thousandths) => thousandths == 0 ? 0 : Math.Max(MinQuotaMicroseconds, thousandths * PeriodMicroseconds / 1000);

    /// <summary>-997 for Guaranteed, 1000 for BestEffort; between them, the more is requested the later it is killed.</summary>
    public static long OomScore(string qosClass, long memoryRequest, long nodeMemory) => qosClass switch
    {
        "Guaranteed" => -997,
        "BestEffort" => 1000,
        // Not as protected as Guaranteed nor as exposed as BestEffort, whatever the request.
        _ => Math.Clamp(1000 - (1000 * memoryRequest / nodeMemory), 3, 999),
    };

    /// <summary>The cgroup of a pod.</summary>
    public static string PodCgroup(string root, string qosClass, string uid) => qosClass switch
    {
        "Guaranteed" => $"{root}/pod{uid}",
        _ => $"{root}/{qosClass.ToLowerInvariant()}/pod{uid}",
    };

    private static string PageSize(long bytes) => bytes % (1 << 30) == 0 ? FormattableString.Invariant($"{bytes >> 30}GB") : FormattableString.Invariant($"{bytes >> 20}MB");
}
