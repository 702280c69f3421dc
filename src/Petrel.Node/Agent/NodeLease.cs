using Microsoft.Extensions.Logging;
using Petrel.Api.Coordination;
using Petrel.Client.Api;

namespace Petrel.Node.Agent;

/// <summary>
/// The node's sign of life: a Lease of the node's name in kube-node-lease, renewed four times per duration. Much cheaper
/// than a status update (KEP-589).
/// </summary>
public sealed partial class NodeLease(IApi api, NodeOptions options, TimeProvider time, ILogger<NodeLease> logger)
{
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>Renews until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.LeaseDuration / 4, time);
        do
        {
            try
            {
                await RenewAsync(cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or ApiException)
            {
                Log.NotRenewed(logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var lease = await api.FindAsync<Lease>(LeaseNamespace, options.Name, cancellationToken);
        if (lease is not null)
        {
            await api.UpdateAsync(lease with { Spec = Renewed(lease.Spec) }, cancellationToken);
            return;
        }

        // Owned by the Node, so that it goes with it.
        var node = await api.GetAsync<Api.Core.Node>(null, options.Name, cancellationToken);
        await api.CreateAsync(
            new Lease
            {
                Metadata = new()
                {
                    Name = options.Name,
                    Namespace = LeaseNamespace,
                    OwnerReferences = [new() { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name, Uid = node.Metadata.Uid }],
                },
                Spec = Renewed(LeaseSpec.Empty),
            },
            cancellationToken);
    }

    private LeaseSpec Renewed(LeaseSpec spec) => spec with
    {
        HolderIdentity = options.Name,
        LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
        RenewTime = time.GetUtcNow(),
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot renew the node's lease, will try again: {Message}")]
        public static partial void NotRenewed(ILogger logger, string message);
    }
}
