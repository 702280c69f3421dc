namespace Petrel.Program.Tests;

/// <summary>The kubectls of different versions that are installed: kubectl.1.NN beside the kubectl on the path, or that one alone.</summary>
public static class KubectlVersions
{
    public static TheoryData<string> Programs()
    {
        string[] programs = Folder is null ? ["(no kubectl here: skipped)"] : Installed();
        return programs.Length == 0 ? ["kubectl"] : [.. programs];
    }

    /// <summary>The oldest and the newest of <see cref="Programs"/>, for tests that take long.</summary>
    public static TheoryData<string> OldestAndNewest() => Installed() is [var oldest, .., var newest] ? [oldest, newest] : Programs();

    /// <summary>Where the program is.</summary>
    public static string PathOf(string program) => Path.Combine(Folder ?? throw new InvalidOperationException("kubectl is not on PATH"), program);

    // Where the kubectl on the path really is, with the others beside it; null without one.
    private static string? Folder =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists) is { } kubectl
            ? Path.GetDirectoryName(File.ResolveLinkTarget(kubectl, returnFinalTarget: true)?.FullName ?? kubectl)
            : null;

    private static string[] Installed() =>
        Folder is { } folder ? [.. Directory.EnumerateFiles(folder, "kubectl.1.*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];
}
