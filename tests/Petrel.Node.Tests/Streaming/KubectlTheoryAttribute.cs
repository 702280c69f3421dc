using Xunit;

namespace Petrel.Node.Tests.Streaming;

/// <summary>A test with real kubectls and a real containerd; skipped, saying so, where either is missing.</summary>
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() =>
        Skip = new RuntimeFactAttribute().Skip
            ?? (Kubectl.Installed.Count == 0 ? "needs kubectl.1.27 to kubectl.1.33 beside kubectl on the path" : null);
}
