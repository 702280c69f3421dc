using Petrel.Program.Hosting;

namespace Petrel.Program.Setup;

/// <summary>Lets one <c>up</c> or <c>down</c> of a cluster work at a time.</summary>
internal static class ClusterLock
{
    /// <summary>Holds the cluster until disposed.</summary>
    /// <exception cref="SetupException">Somebody else holds it.</exception>
    public static IDisposable Take(ClusterPaths paths)
    {
        Directory.CreateDirectory(paths.DataDirectory);
        var path = Path.Combine(paths.DataDirectory, "setup.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new SetupException($"another petrel up or down works on this cluster ({path} is locked); wait until it has ended", exception);
        }
    }
}
