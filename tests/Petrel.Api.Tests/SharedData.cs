using IOPath = System.IO.Path;

namespace Petrel.Api.Tests;

/// <summary>Finds the reference data.</summary>
public static class SharedData
{
    public static string Path(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(IOPath.Combine(directory.FullName, "Petrel.slnx")))
        {
            directory = directory.Parent;
        }

        return IOPath.GetFullPath(IOPath.Combine(directory?.FullName ?? "", "..", "shared", path));
    }
}
