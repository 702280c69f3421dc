namespace Petrel.Node.Logs;

/// <summary>What log rotation needs of the runtime.</summary>
public interface IContainerLogs
{
    Task<IReadOnlyList<RunningContainerLog>> ListRunningAsync(CancellationToken cancellationToken);

    /// <summary>Makes the runtime close the container's log file and open the path anew (CRI ReopenContainerLog).</summary>
    Task ReopenAsync(string containerId, CancellationToken cancellationToken);
}
