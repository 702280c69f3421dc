namespace Petrel.Api.Tests;

/// <summary>A test with data against reference data beside the repository; skipped, saying so, where the data is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string path)
    {
        if (!File.Exists(SharedData.Path(path)) && !Directory.Exists(SharedData.Path(path)))
        {
            Skip = $"../shared/{path} is absent";
        }
    }
}
