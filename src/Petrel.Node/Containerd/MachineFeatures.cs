using Petrel.Linux;
using Petrel.Linux.Cgroups;
using Petrel.Linux.Mounts;
using Petrel.Linux.Processes;

namespace Petrel.Node.Containerd;

/// <summary>What of the machine decides how containerd must be set up.</summary>
public sealed record MachineFeatures
{
    public bool AppArmor { get; init; }

    public bool SELinux { get; init; }

    /// <summary>Without it (CAP_SYS_RESOURCE missing) no sandbox could be given its low out-of-memory score, and none would start.</summary>
    public bool CanLowerOutOfMemoryScore { get; init; }

    /// <summary>Whether images can be stacked by overlayfs; else every container gets a full copy.</summary>
    public bool Overlay { get; init; }

    /// <summary>crun can be offered as a second runtime. It refuses machines that have both versions of cgroups.</summary>
    public bool Crun { get; init; }

    /// <summary>Tries out this machine; the directory is one on the file system images will be on.</summary>
    public static MachineFeatures Detect(string directory) => new()
    {
        AppArmor = FirstCharacter("/sys/module/apparmor/parameters/enabled") == 'Y' && File.Exists("/sbin/apparmor_parser"),
        SELinux = FirstCharacter("/sys/fs/selinux/enforce") is not null,
        CanLowerOutOfMemoryScore = Capabilities.Has(Capabilities.SystemResource),
        Overlay = TryOverlay(directory),
        Crun = File.Exists("/usr/bin/crun") && !CgroupMounts.Detect().IsHybrid,
    };

    private static char? FirstCharacter(string path) => File.Exists(path) && File.ReadAllText(path) is [var first, ..] ? first : null;

    /// <summary>Some file systems cannot hold overlayfs's upper layer (overlayfs itself, NFS), which only an attempt shows.</summary>
    private static bool TryOverlay(string directory)
    {
        var trial = Directory.CreateDirectory(Path.Combine(directory, $"overlay-trial-{Guid.NewGuid():N}"));
        try
        {
            var lower = trial.CreateSubdirectory("lower").FullName;
            var upper = trial.CreateSubdirectory("upper").FullName;
            var work = trial.CreateSubdirectory("work").FullName;
            var merged = trial.CreateSubdirectory("merged").FullName;
            Mount.Make("overlay", merged, "overlay", MountFlags.None, $"lowerdir={lower},upperdir={upper},workdir={work}");
            return Mount.Remove(merged);
        }
        catch (SystemCallException)
        {
            return false;
        }
        finally
        {
            trial.Delete(recursive: true);
        }
    }
}
