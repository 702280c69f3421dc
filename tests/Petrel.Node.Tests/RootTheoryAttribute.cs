using Xunit;

namespace Petrel.Node.Tests;

/// <summary>A theory that changes kernel state; skipped, saying so, for other users than root.</summary>
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root";
        }
    }
}
