using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>Containers within sandboxes.</summary>
public sealed class ContainerService
{
    private readonly RuntimeConnection _connection;

    internal ContainerService(RuntimeConnection connection) => _connection = connection;

    /// <summary>Makes a container in a sandbox, whose configuration is given again; returns its id.</summary>
    public async Task<string> CreateAsync(string sandboxId, ContainerConfig configuration, PodSandboxConfig sandbox, CancellationToken cancellationToken = default)
    {
        var request = new CreateContainerRequest { PodSandboxId = sandboxId, Config = configuration, SandboxConfig = sandbox };
        return (await _connection.CallAsync(RuntimeMethods.CreateContainer, request, cancellationToken).ConfigureAwait(false)).ContainerId;
    }

    public Task StartAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(RuntimeMethods.StartContainer, new StartContainerRequest { ContainerId = id }, cancellationToken);

    /// <summary>
    /// Sends the container's stop signal, and kills it when the grace period, in whole seconds, is over. Returns when it
    /// has ended. Does nothing when it is gone.
    /// </summary>
    public Task StopAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken = default)
    {
        var seconds = Math.Max(0, (long)gracePeriod.TotalSeconds);
        return RuntimeConnection.OrNullIfNotFoundAsync(_connection.CallAsync(
            RuntimeMethods.StopContainer,
            new StopContainerRequest { ContainerId = id, Timeout = seconds },
            TimeSpan.FromSeconds(seconds),
            cancellationToken));
    }

    /// <summary>Removes a container, killing it if need be. Does nothing when it is gone.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(RuntimeMethods.RemoveContainer, new RemoveContainerRequest { ContainerId = id }, cancellationToken));

    /// <summary>Null when there is no such container.</summary>
    public Task<ContainerStatusResponse?> StatusAsync(string id, bool verbose = false, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(RuntimeMethods.ContainerStatus, new ContainerStatusRequest { ContainerId = id, Verbose = verbose }, cancellationToken));

    /// <summary>All containers in any state, or those a filter selects.</summary>
    public async Task<IReadOnlyList<Container>> ListAsync(ContainerFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new ListContainersRequest { Filter = filter };
        return (await _connection.CallAsync(RuntimeMethods.ListContainers, request, cancellationToken).ConfigureAwait(false)).Containers;
    }

    /// <summary>Changes the limits of a running container.</summary>
    public Task UpdateResourcesAsync(string id, LinuxContainerResources resources, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(
            RuntimeMethods.UpdateContainerResources,
            new UpdateContainerResourcesRequest { ContainerId = id, Linux = resources },
            cancellationToken);

    /// <summary>Makes the runtime write to a new log file after the old one was renamed.</summary>
    public Task ReopenLogAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(RuntimeMethods.ReopenContainerLog, new ReopenContainerLogRequest { ContainerId = id }, cancellationToken);

    /// <summary>Writes a checkpoint of a running container to a tar file.</summary>
    public Task CheckpointAsync(string id, string location, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(RuntimeMethods.CheckpointContainer, new CheckpointContainerRequest { ContainerId = id, Location = location }, cancellationToken);
}
