using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Dns;
using Petrel.Dns.Kubernetes;

namespace Petrel.Program.Nodes;

/// <summary>The cluster's DNS server with informers of its own.</summary>
internal static class ClusterDnsProcess
{
    public static async Task RunAsync(IApi api, IPEndPoint address, IPAddress serviceAddress, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        await using var informers = new InformerFactory(api, time, logging.CreateLogger<InformerFactory>());
        await using var server = new DnsServer(new DnsServerOptions { Listen = [address], ServerAddresses = [serviceAddress], Time = time }, logging);
        await server.StartAsync(cancellationToken);
        informers.Start();
        await ClusterFollower.FollowAsync(informers, server.Records, cancellationToken);
        await informers.Failure.WaitAsync(cancellationToken);
    }
}
