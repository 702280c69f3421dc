using System.Runtime.InteropServices;

namespace Petrel.Linux.Files;

/// <summary>chown(2) of the file itself: links are not followed.</summary>
public static partial class FileOwner
{
    /// <param name="user">Null to leave it.</param>
    /// <param name="group">Null to leave it.</param>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static void Change(string path, uint? user, uint? group)
    {
        // The kernel leaves what is -1.
        if (Chown(path, user ?? uint.MaxValue, group ?? uint.MaxValue) != 0)
        {
            throw SystemCallException.Last($"chown {path}");
        }
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint user, uint group);
}
