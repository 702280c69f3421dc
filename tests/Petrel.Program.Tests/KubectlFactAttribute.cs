namespace Petrel.Program.Tests;

/// <summary>A test that drives the real kubectl, and is skipped, saying so, where there is none.</summary>
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Skip = path.Split(':').Any(folder => File.Exists(Path.Combine(folder, "kubectl"))) ? null : "kubectl is not on PATH";
    }
}
