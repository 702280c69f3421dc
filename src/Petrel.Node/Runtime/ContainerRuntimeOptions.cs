namespace Petrel.Node.Runtime;

/// <summary>How a node talks to its container runtime.</summary>
public sealed record ContainerRuntimeOptions
{
    /// <summary>Longest time for a call that does not itself wait for something (kubelet's <c>runtimeRequestTimeout</c>).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
