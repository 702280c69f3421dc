using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Network.Pods;

namespace Petrel.Program.Nodes;

/// <summary>Prepares the pod network as soon as the cluster has given the node its range of pod addresses.</summary>
internal sealed partial class PodNetworkSetup(IApi api, NodeProcessOptions options, ILogger logger)
{
    /// <summary>Waits for the range, prepares, and ends: a node's range never changes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var range = await NodeRangeAsync(cancellationToken);
        await new PodNetwork(Options(range)).PrepareAsync(cancellationToken);
        Log.Prepared(logger, range);
    }

    /// <summary>The network of this node, for <see cref="PodNetwork.RemoveAsync"/> with any range too.</summary>
    public PodNetworkOptions Options(IPNetwork nodeRange) => new()
    {
        NodePodRange = nodeRange,
        PodRanges = [options.PodRange],
        ServiceRanges = [options.ServiceRange],
        InstanceName = options.Paths.Name,
        CniConfigurationDirectory = options.Paths.NetworkConfiguration,
        AddressDirectory = options.Paths.NetworkAddresses,
    };

    private async Task<IPNetwork> NodeRangeAsync(CancellationToken cancellationToken)
    {
        var self = new ListOptions { FieldSelector = "metadata.name=" + options.Name };
        while (true)
        {
            // The watch begins with the node as it is, if it is there.
            await foreach (var change in api.WatchAsync<Api.Core.Node>(null, self, cancellationToken))
            {
                if (change.Type is "ADDED" or "MODIFIED" && change.Object.Spec.PodCIDR is { Length: > 0 } range)
                {
                    return IPNetwork.Parse(range);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "pods of this node have addresses of {Range}")]
        public static partial void Prepared(ILogger logger, IPNetwork range);
    }
}
