namespace Petrel.Api.Tests;

/// <summary>A test against reference data beside the repository; skipped, saying so, where the data is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        if (!File.Exists(SharedData.Path(path)) && !Directory.Exists(SharedData.Path(path)))
        {
            Skip = $"../shared/{path} is absent";
        }
    }
}
