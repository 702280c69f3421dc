using Petrel.Api.Core;
using Petrel.Linux.Files;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>A file or directory of the node, which is to be of the type that the pod says, if it says one.</summary>
internal sealed class HostPathPlugin : IVolumePlugin
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode DirectoryMode =
        FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.HostPath is not null;

    /// <inheritdoc/>
    public Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var (path, type) = (volume.Volume.HostPath!.Path, volume.Volume.HostPath.Type ?? "");
        // Looked at once, as upstream: what happens to the path while the pod runs is the pod's business.
        if (!volume.IsKnown)
        {
            Check(path, type);
        }

        return Task.FromResult(path);
    }

    private static void Check(string path, string type)
    {
        var status = FileStatus.Of(path);
        switch (type)
        {
            case "":
                return;
            case "DirectoryOrCreate" when status is null:
                Directory.CreateDirectory(path, DirectoryMode);
                File.SetUnixFileMode(path, DirectoryMode);
                return;
            case "FileOrCreate" when status is null:
                // Its directory is not made: a mistake in the path should be seen.
                using (File.Create(path))
                {
                    File.SetUnixFileMode(path, FileMode);
                }

                return;
            case "Directory" or "DirectoryOrCreate":
                Require(FileKind.Directory, "directory");
                return;
            case "File" or "FileOrCreate":
                Require(FileKind.Regular, "file");
                return;
            case "Socket":
                Require(FileKind.Socket, "socket file");
                return;
            case "CharDevice":
                Require(FileKind.CharacterDevice, "character device");
                return;
            case "BlockDevice":
                Require(FileKind.BlockDevice, "block device");
                return;
            default:
                throw new VolumeProblemException($"{type} is an invalid volume type");
        }

        void Require(FileKind kind, string name)
        {
            if (status?.Kind != kind)
            {
                throw new VolumeProblemException($"hostPath type check failed: {path} is not a {name}");
            }
        }
    }
}
