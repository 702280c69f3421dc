namespace Petrel.Program.Tests;

/// <summary>The kubectls of different versions that are installed: kubectl.1.NN beside the kubectl on the path, or that one alone.</summary>
public static class KubectlVersions
{
    public static TheoryData<string> Programs()
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        if (kubectl is null)
        {
            return ["(no kubectl here: skipped)"];
        }

        var folder = Path.GetDirectoryName(File.ResolveLinkTarget(kubectl, returnFinalTarget: true)?.FullName ?? kubectl)!;
        var versions = Directory.EnumerateFiles(folder, "kubectl.1.*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray();
        return versions.Length == 0 ? ["kubectl"] : [.. versions];
    }

    /// <summary>Where the program is.</summary>
    public static string PathOf(string program)
    {
        var kubectl = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "kubectl")).First(File.Exists);
        return Path.Combine(Path.GetDirectoryName(File.ResolveLinkTarget(kubectl, returnFinalTarget: true)?.FullName ?? kubectl)!, program);
    }
}
