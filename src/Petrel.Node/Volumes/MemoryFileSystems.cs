using Petrel.Api.Core;
using Petrel.Linux;
using Petrel.Linux.Mounts;
using Petrel.Node.Pods;

namespace Petrel.Node.Volumes;

/// <summary>File systems in memory for volumes. They never swap where the kernel can promise it: secrets are among them.</summary>
internal sealed class MemoryFileSystems(VolumeOptions options)
{
    private const int InvalidArgument = 22;

    // Linux 6.3 and later; found out at the first mount.
    private bool _isNoSwapKnown = true;

    /// <summary>Mounts one on a directory unless there is one already.</summary>
    /// <param name="limit">Bytes that the volume asks for; the pod's memory limit and the node's memory bound it in any case.</param>
    /// <returns>False when it was mounted already.</returns>
    public bool Mount(Pod pod, string directory, long? limit)
    {
        if (MountTable.IsMountPoint(directory))
        {
            return false;
        }

        var size = Size(pod, limit);
        if (_isNoSwapKnown)
        {
            try
            {
                Linux.Mounts.Mount.Make("tmpfs", directory, "tmpfs", MountFlags.None, size is null ? "noswap" : $"size={size},noswap");
                return true;
            }
            catch (SystemCallException exception) when (exception.ErrorNumber == InvalidArgument)
            {
                _isNoSwapKnown = false;
            }
        }

        Linux.Mounts.Mount.Tmpfs(directory, size);
        return true;
    }

    /// <summary>The least of what the node has, the pod may have and the volume asks for (KEP-1967); null when none is known.</summary>
    internal long? Size(Pod pod, long? limit)
    {
        long? least = options.Allocatable().TryGetValue("memory", out var memory) ? memory.Value : null;
        foreach (var bound in new[] { PodResources.Limit(pod.Spec, "memory")?.Value, limit })
        {
            least = bound is > 0 && !(bound >= least) ? bound : least;
        }

        return least;
    }
}
