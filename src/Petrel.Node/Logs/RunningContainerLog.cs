namespace Petrel.Node.Logs;

/// <summary>The log of a container that runs; only such logs grow.</summary>
/// <param name="ContainerId">The runtime's name for the container.</param>
/// <param name="Path">The file that the runtime writes.</param>
public sealed record RunningContainerLog(string ContainerId, string Path);
