using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Network.Services;

namespace Petrel.Program.Nodes;

/// <summary>The service proxy of a node (kube-proxy), with informers of its own.</summary>
internal static class ServiceProxyProcess
{
    public static async Task RunAsync(IApi api, NodeProcessOptions options, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        await using var informers = new InformerFactory(api, time, logging.CreateLogger<InformerFactory>());
        var proxy = new ServiceProxy(informers, Options(options), time, logging.CreateLogger<ServiceProxy>());
        informers.Start();
        await proxy.RunAsync(cancellationToken);
    }

    private static ServiceProxyOptions Options(NodeProcessOptions options) => new()
    {
        NodeName = options.Name,
        InstanceName = options.Paths.Name,
        PodRanges = [options.PodRange],
        ServiceRanges = [options.ServiceRange],
        NodeAddresses = [options.Address],
    };
}
