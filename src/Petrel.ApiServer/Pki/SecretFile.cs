using System.Text;

namespace Petrel.ApiServer.Pki;

/// <summary>Writes files that only their owner may read, so that a reader finds the old content or the new, never a part.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file, durably, through a neighbour that is renamed onto it.</summary>
    public static void Replace(string path, string content)
    {
        var neighbour = path + ".new";
        File.Delete(neighbour);
        Create(neighbour, content);
        File.Move(neighbour, path, overwrite: true);
    }

    /// <summary>Writes a file that does not exist yet, durably.</summary>
    public static void Create(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(content));
        stream.Flush(flushToDisk: true);
    }
}
