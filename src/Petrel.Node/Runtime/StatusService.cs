using Petrel.Grpc;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>What the runtime is and whether it can work.</summary>
public sealed class StatusService
{
    // The node agent's own API version in this exchange; runtimes ignore it.
    private const string RuntimeApiVersion = "0.1.0";

    private readonly RuntimeConnection _connection;

    internal StatusService(RuntimeConnection connection) => _connection = connection;

    public Task<VersionResponse> VersionAsync(CancellationToken cancellationToken = default) =>
        _connection.CallAsync(RuntimeMethods.Version, new VersionRequest { Version = RuntimeApiVersion }, cancellationToken);

    /// <summary>The conditions RuntimeReady and NetworkReady, handlers and features.</summary>
    public Task<StatusResponse> ReadAsync(bool verbose = false, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(RuntimeMethods.Status, new StatusRequest { Verbose = verbose }, cancellationToken);

    /// <summary>The cgroup driver; null from runtimes that cannot say (containerd before 1.7).</summary>
    public async Task<CgroupDriver?> CgroupDriverAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var configuration = await _connection.CallAsync(RuntimeMethods.RuntimeConfig, new RuntimeConfigRequest(), cancellationToken).ConfigureAwait(false);
            return configuration.Linux?.CgroupDriver;
        }
        catch (GrpcException e) when (e.StatusCode == GrpcStatusCode.Unimplemented)
        {
            return null;
        }
    }

    /// <summary>Tells the runtime the node's pod range, for those that write network configuration from a template.</summary>
    public Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(
            RuntimeMethods.UpdateRuntimeConfig,
            new UpdateRuntimeConfigRequest { RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = podCidr } } },
            cancellationToken);
}
