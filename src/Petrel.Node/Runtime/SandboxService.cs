using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>Pod sandboxes: the namespaces, network and cgroup that the containers of a pod share.</summary>
public sealed class SandboxService
{
    private readonly RuntimeConnection _connection;

    internal SandboxService(RuntimeConnection connection) => _connection = connection;

    /// <summary>Makes and starts a sandbox with its network; returns its id. The handler is the RuntimeClass's, empty for the default.</summary>
    public async Task<string> RunAsync(PodSandboxConfig configuration, string handler = "", CancellationToken cancellationToken = default)
    {
        var request = new RunPodSandboxRequest { Config = configuration, RuntimeHandler = handler };
        // Network plugins and a first pull of the pause image take part of it, so upstream allows twice the usual time.
        var response = await _connection.CallAsync(RuntimeMethods.RunPodSandbox, request, TimeSpan.FromMinutes(2), cancellationToken).ConfigureAwait(false);
        return response.PodSandboxId;
    }

    /// <summary>Ends everything in a sandbox and gives its addresses back. Does nothing when it is gone.</summary>
    public Task StopAsync(string id, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(RuntimeMethods.StopPodSandbox, new StopPodSandboxRequest { PodSandboxId = id }, cancellationToken));

    /// <summary>Removes a stopped sandbox and its containers. Does nothing when it is gone.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(RuntimeMethods.RemovePodSandbox, new RemovePodSandboxRequest { PodSandboxId = id }, cancellationToken));

    /// <summary>Null when there is no such sandbox.</summary>
    public Task<PodSandboxStatusResponse?> StatusAsync(string id, bool verbose = false, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(RuntimeMethods.PodSandboxStatus, new PodSandboxStatusRequest { PodSandboxId = id, Verbose = verbose }, cancellationToken));

    /// <summary>All sandboxes, or those a filter selects.</summary>
    public async Task<IReadOnlyList<PodSandbox>> ListAsync(PodSandboxFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new ListPodSandboxRequest { Filter = filter };
        return (await _connection.CallAsync(RuntimeMethods.ListPodSandbox, request, cancellationToken).ConfigureAwait(false)).Items;
    }
}
