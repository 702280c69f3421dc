using Petrel.Linux.Files;

namespace Petrel.Node.Volumes;

/// <summary>The directory a volume begins as: open to every user, or owned by the pod's group.</summary>
internal static class EmptyDirectory
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="afterwards">Mounts something on it, whose root has a mode of its own; null for a plain directory.</param>
    public static void Make(string path, long? group, Action? afterwards)
    {
        Directory.CreateDirectory(path);
        if (afterwards is null)
        {
            File.SetUnixFileMode(path, Everybody);
        }
        else
        {
            afterwards();
        }

        if (group is not null)
        {
            FileOwner.Change(path, null, (uint)group);
            // Files made in it get its group too.
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.SetGroup | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute);
        }
    }
}
