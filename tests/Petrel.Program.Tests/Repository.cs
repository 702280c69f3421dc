namespace Petrel.Program.Tests;

/// <summary>Where this test run's repository and build output are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>debug or release: the configuration that the tests themselves were built in.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name.Contains("release", StringComparison.Ordinal) ? "release_linux-x64" : "debug_linux-x64";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Petrel.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository");
    }
}
