namespace Petrel.Storage.Tests;

/// <summary>A test that needs to be root, to mount a small disk of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root to mount a file system";
        }
    }
}
