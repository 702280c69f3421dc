using System.Runtime.InteropServices;

namespace Petrel.Linux.Files;

/// <summary>rename(2): replaces a name in one step, also when it is a symbolic link, which File.Move would follow.</summary>
public static partial class FileRename
{
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void Replace(string source, string target)
    {
        if (Rename(source, target) != 0)
        {
            throw new IOException($"rename of {source} to {target}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string source, string target);
}
