using Xunit;

namespace Petrel.Network.Tests.Environment;

/// <summary>A test that makes network namespaces; skipped, saying so, for other users than root.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = System.Environment.IsPrivilegedProcess ? null : "needs root";
}
