using Xunit;

namespace Petrel.Linux.Tests;

/// <summary>A test that changes kernel state; skipped, saying so, for other users than root.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root";
        }
    }
}
