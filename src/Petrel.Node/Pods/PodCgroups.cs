using Petrel.Api.Core;
using Petrel.Linux.Cgroups;
using Petrel.Node.Agent;

namespace Petrel.Node.Pods;

/// <summary>
/// The cgroup of every pod, below that of its class (cgroups(7), KEP-2254): what its containers may use together, and who comes
/// last when the processors are all busy.
/// </summary>
internal sealed class PodCgroups(ICgroupTree tree, NodeOptions options)
{
    private static readonly string[] Classes = ["Guaranteed", "Burstable", "BestEffort"];

    /// <summary>Makes the cgroup of a pod, or brings its limits up to date.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Ensure(Pod pod)
    {
        tree.Create(options.CgroupRoot);
        if (pod.Status.QosClass == "BestEffort")
        {
            var group = $"{options.CgroupRoot}/besteffort";
            tree.Create(group);
            tree.Apply(group, new CgroupLimits { CpuShares = ContainerLimits.Shares(0) });
        }

        var path = ContainerLimits.PodCgroup(options.CgroupRoot, pod.Status.QosClass, pod.Metadata.Uid);
        tree.Create(path);
        tree.Apply(path, LimitsOf(pod.Spec));
    }

    /// <summary>Removes the cgroup of a pod, whatever its class; false while a process is still in it.</summary>
    public bool TryRemove(string uid)
    {
        var isRemoved = true;
        foreach (var path in Classes.Select(each => ContainerLimits.PodCgroup(options.CgroupRoot, each, uid)).Where(tree.Exists))
        {
            // Whatever a container left behind belongs to nobody any more.
            tree.Kill(path);
            isRemoved &= tree.TryRemove(path);
        }

        return isRemoved;
    }

    /// <summary>UIDs of all pods that have a cgroup.</summary>
    public IEnumerable<string> Pods() =>
        Classes.Select(each => Path.GetDirectoryName(ContainerLimits.PodCgroup(options.CgroupRoot, each, "x"))!)
            .Where(tree.Exists)
            .SelectMany(tree.Children)
            .Where(static name => name.StartsWith("pod", StringComparison.Ordinal))
            .Select(static name => name["pod".Length..]);

    /// <summary>Together containers may use what they may use one by one; one without a limit leaves the pod without.</summary>
    internal static CgroupLimits LimitsOf(PodSpec spec)
    {
        var (cpuLimit, memoryLimit) = (PodResources.Limit(spec, "cpu"), PodResources.Limit(spec, "memory"));
        return new CgroupLimits
        {
            CpuShares = ContainerLimits.Shares(PodResources.Request(spec, "cpu").MilliValue),
            CpuQuotaMicroseconds = cpuLimit is { } cpu ? ContainerLimits.Quota(cpu.MilliValue) : CgroupLimits.Unlimited,
            MemoryBytes = memoryLimit is { } memory ? memory.Value : CgroupLimits.Unlimited,
        };
    }
}
