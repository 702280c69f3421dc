namespace Petrel.Program.Tests;

/// <summary>Where this test run's repository is, and the program in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The launcher, which runs the program as it ships: trimmed and compiled as one piece, not as the other tests link it.</summary>
    public static string Launcher { get; } = Path.Combine(Root, "petrel");

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
