using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Linux.Mounts;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>A directory that begins empty and ends with its pod: on disk, in memory or in huge pages.</summary>
internal sealed class EmptyDirPlugin(MemoryFileSystems memory) : IVolumePlugin
{
    private const string Directory = "kubernetes.io~empty-dir";
    private const string HugePages = "HugePages";

    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.EmptyDir is not null;

    /// <inheritdoc/>
    public Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var path = volume.Directory(Directory);
        if (volume.IsKnown)
        {
            return Task.FromResult(path);
        }

        // Its owner and mode are the containers' from the first start on: a restart of the node agent leaves them alone.
        var note = Path.Combine(volume.NotesDirectory(Directory), "ready");
        var source = volume.Volume.EmptyDir!;
        if (File.Exists(note) && System.IO.Directory.Exists(path) && (source.Medium.Length == 0 || MountTable.IsMountPoint(path)))
        {
            return Task.FromResult(path);
        }

        EmptyDirectory.Make(path, volume.FsGroup, Mounting(volume, source, path));
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(note)!);
        File.WriteAllBytes(note, []);
        return Task.FromResult(path);
    }

    private Action? Mounting(PodVolume volume, EmptyDirVolumeSource source, string path) => source.Medium switch
    {
        "" => null,
        "Memory" => () => memory.Mount(volume.Pod, path, source.SizeLimit?.Value),
        _ when source.Medium == HugePages || source.Medium.StartsWith(HugePages + "-", StringComparison.Ordinal) => () => MountHugePages(volume.Pod, source.Medium, path),
        _ => throw new VolumeProblemException($"unknown storage medium \"{source.Medium}\""),
    };

    private static void MountHugePages(Pod pod, string medium, string path)
    {
        if (!MountTable.IsMountPoint(path))
        {
            Mount.Make("nodev", path, "hugetlbfs", MountFlags.None, $"pagesize={PageSize(pod, medium)}");
        }
    }

    /// <summary>Bytes: the size in the medium's name, or the only one that the pod's containers ask for.</summary>
    private static long PageSize(Pod pod, string medium)
    {
        var requested = pod.Spec.InitContainers.Concat(pod.Spec.Containers)
            .SelectMany(static container => container.Resources.Requests.Keys)
            .Where(static name => name.StartsWith("hugepages-", StringComparison.Ordinal))
            .Select(static name => Quantity.Parse(name["hugepages-".Length..]).Value)
            .ToHashSet();
        if (medium == HugePages)
        {
            return requested.Count switch
            {
                1 => requested.Single(),
                0 => throw new VolumeProblemException("hugePages storage requested, but there is no resource request for huge pages."),
                _ => throw new VolumeProblemException("medium HugePages requires pods to request one huge page size"),
            };
        }

        return Quantity.TryParse(medium.AsSpan(HugePages.Length + 1), out var size) && requested.Contains(size.Value)
            ? size.Value
            : throw new VolumeProblemException($"medium {medium} is not requested as a resource by a container of the pod");
    }
}
