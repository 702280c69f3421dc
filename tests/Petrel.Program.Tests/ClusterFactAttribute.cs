namespace Petrel.Program.Tests;

/// <summary>A test of a whole cluster with real containers; skipped, saying so, where something that it drives is missing.</summary>
internal sealed class ClusterFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["kubectl", "containerd", "runc", "nft", "ip", "nsenter", "busybox"];

    public ClusterFactAttribute() => Skip = Missing;

    /// <summary>Why no cluster can be started here; null where one can.</summary>
    public static string? Missing { get; } = !Environment.IsPrivilegedProcess
        ? "running containers takes the rights of root"
        : Programs.FirstOrDefault(static program => !IsInstalled(program)) is { } missing ? $"{missing} is not installed" : null;

    private static bool IsInstalled(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
