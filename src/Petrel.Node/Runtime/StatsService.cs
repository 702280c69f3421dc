using Petrel.Grpc;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>What containers and pods use, as the runtime measures it.</summary>
public sealed class StatsService
{
    private readonly RuntimeConnection _connection;

    internal StatsService(RuntimeConnection connection) => _connection = connection;

    /// <summary>All running containers, or those a filter selects.</summary>
    public async Task<IReadOnlyList<ContainerStats>> ListContainersAsync(ContainerStatsFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new ListContainerStatsRequest { Filter = filter };
        return (await _connection.CallAsync(RuntimeMethods.ListContainerStats, request, cancellationToken).ConfigureAwait(false)).Stats;
    }

    /// <summary>Null when there is no such container.</summary>
    public async Task<ContainerStats?> ContainerAsync(string id, CancellationToken cancellationToken = default)
    {
        var call = _connection.CallAsync(RuntimeMethods.ContainerStats, new ContainerStatsRequest { ContainerId = id }, cancellationToken);
        return (await RuntimeConnection.OrNullIfNotFoundAsync(call).ConfigureAwait(false))?.Stats;
    }

    /// <summary>All pods, with their network and processes; null from runtimes that cannot say (containerd before 1.7).</summary>
    public async Task<IReadOnlyList<PodSandboxStats>?> ListPodsAsync(PodSandboxStatsFilter? filter = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new ListPodSandboxStatsRequest { Filter = filter };
            return (await _connection.CallAsync(RuntimeMethods.ListPodSandboxStats, request, cancellationToken).ConfigureAwait(false)).Stats;
        }
        catch (GrpcException e) when (e.StatusCode == GrpcStatusCode.Unimplemented)
        {
            return null;
        }
    }
}
