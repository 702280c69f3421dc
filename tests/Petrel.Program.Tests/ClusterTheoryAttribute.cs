namespace Petrel.Program.Tests;

/// <summary>A theory about a whole cluster with real containers; skipped, saying so, where something that it drives is missing.</summary>
internal sealed class ClusterTheoryAttribute : TheoryAttribute
{
    public ClusterTheoryAttribute() => Skip = ClusterFactAttribute.Missing;
}
