using Petrel.Api.Core;
using Petrel.Linux;
using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Node.Pods;

namespace Petrel.Node.Volumes;

/// <summary>
/// Parts of volumes for mounts with a subPath or subPathExpr. A program in a container can change its volume at any time, so a
/// path in it is never handed to the runtime: the part is opened below the volume, links that lead out are refused, and what
/// was opened is bound to a place that only the node can change (CVE-2017-1002101, CVE-2021-25741).
/// </summary>
public sealed class SubPaths
{
    private const int LeadsOut = 18; // EXDEV

    private const UnixFileMode OwnMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly string _podsDirectory;

    internal SubPaths(string podsDirectory) => _podsDirectory = podsDirectory;

    /// <summary>Where the node finds what a mount shows: the volume itself, or a bind of the part, made now if need be.</summary>
    /// <param name="mount">One of the container's.</param>
    /// <param name="volumePath">Absolute path of the mount's volume.</param>
    /// <param name="variables">Of the container; subPathExpr may use them.</param>
    /// <exception cref="VolumeException">The path is not allowed, leads out of the volume, or cannot be made.</exception>
    public string PathOf(Pod pod, Container container, VolumeMount mount, string volumePath, IReadOnlyDictionary<string, string> variables)
    {
        var part = Part(mount, variables);
        if (part.Length == 0)
        {
            return volumePath;
        }

        Check(part);
        var target = Path.Combine(
            _podsDirectory, pod.Metadata.Uid, "volume-subpaths", mount.Name, container.Name,
            container.VolumeMounts.ToList().FindIndex(each => each == mount).ToString(System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            using var volume = PathHandle.Open(volumePath);
            using var source = volume.OpenBeneath(part) ?? MakeDirectories(volume, part);
            Bind(source, target);
        }
        catch (IOException exception)
        {
            var reason = exception is SystemCallException { ErrorNumber: LeadsOut } ? $"subpath \"{part}\" not within volume path \"{volumePath}\"" : exception.Message;
            throw new VolumeException($"failed to prepare subPath for volumeMount \"{mount.Name}\" of container \"{container.Name}\": {reason}", exception);
        }

        return target;
    }

    private static string Part(VolumeMount mount, IReadOnlyDictionary<string, string> variables)
    {
        if (mount.SubPathExpr.Length == 0)
        {
            return mount.SubPath;
        }

        var missing = new List<string>();
        var expanded = VariableExpansion.Expand(mount.SubPathExpr, variables, missing);
        return missing.Count == 0 ? expanded : throw new VolumeException($"missing value for \"{missing[0]}\"");
    }

    private static void Check(string part)
    {
        if (Path.IsPathRooted(part))
        {
            throw new VolumeException($"error SubPath `{part}` must not be an absolute path");
        }

        if (part.Split('/').Contains(".."))
        {
            throw new VolumeException($"unable to provision SubPath `{part}`: must not contain '..'");
        }
    }

    /// <summary>Makes the missing directories, with the mode of the volume. Each is opened from the volume on, never from a path.</summary>
    private static PathHandle MakeDirectories(PathHandle volume, string part)
    {
        var mode = volume.Status().Mode;
        var elements = part.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static element => element != ".").ToArray();
        for (var i = 0; i < elements.Length; i++)
        {
            using var present = volume.OpenBeneath(string.Join('/', elements[..(i + 1)]));
            if (present is null)
            {
                using var parent = volume.OpenBeneath(i == 0 ? "." : string.Join('/', elements[..i]));
                parent?.MakeDirectory(elements[i], mode);
            }
        }

        return volume.OpenBeneath(part) ?? throw new IOException($"{part} was removed while it was made, or is a link to nothing");
    }

    private static void Bind(PathHandle source, string target)
    {
        var status = source.Status();
        if (FileStatus.Of(target, followLink: false) is { } present)
        {
            if (present.IsSameFile(status))
            {
                // Bound before a restart of the container or of the node agent.
                return;
            }

            // It showed what was there before: a file that was replaced meanwhile. The container that saw it has ended.
            while (Mount.Remove(target, detach: true))
            {
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!, OwnMode);
        if (status.Kind == FileKind.Directory)
        {
            if (File.Exists(target))
            {
                File.Delete(target);
            }

            Directory.CreateDirectory(target, OwnMode);
        }
        else
        {
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            using var file = File.Create(target);
        }

        // The descriptor's path is the file that was opened, wherever it is by now.
        Mount.Bind(source.DescriptorPath, target);
    }
}
