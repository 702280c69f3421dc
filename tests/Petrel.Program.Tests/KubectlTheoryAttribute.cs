namespace Petrel.Program.Tests;

/// <summary>A theory that drives the real kubectl, and is skipped, saying so, where there is none.</summary>
internal sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = new KubectlFactAttribute().Skip;
}
