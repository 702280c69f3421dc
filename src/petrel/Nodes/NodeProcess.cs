using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Linux.Processes;
using Petrel.Node.Agent;
using Petrel.Node.Containerd;
using Petrel.Node.Runtime;
using Petrel.Node.Serving;

namespace Petrel.Program.Nodes;

/// <summary>A node of this machine: its containerd, its agent and its pod network, in the order in which they need each other.</summary>
internal sealed class NodeProcess(NodeProcessOptions options, IApi api, PkiFolder pki, TimeProvider time, ILoggerFactory logging)
{
    /// <summary>Runs until cancelled. Containerd and the containers outlive it, and the next one takes them over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var containerd = new ContainerdHost(NodeContainerd.Options(options.Paths), new CommandRunner(time), time, logging.CreateLogger<ContainerdHost>());
        await containerd.StartAsync(cancellationToken);
        using var runtime = ContainerRuntime.Connect(NodeContainerd.Options(options.Paths).SocketPath, time);
        var network = new PodNetworkSetup(api, options, logging.CreateLogger<PodNetworkSetup>());

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts =
        [
            new NodeAgent(AgentOptions(), api, runtime, time, logging, ServerOptions()).RunAsync(stop.Token),
            containerd.SuperviseAsync(stop.Token),
            network.RunAsync(stop.Token),
        ];
        await EndTogetherAsync(parts, stop);
    }

    /// <summary>The first part that fails takes the others with it, so that the whole is started again.</summary>
    private static async Task EndTogetherAsync(Task[] parts, CancellationTokenSource stop)
    {
        var running = parts.ToList();
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await stop.CancelAsync();
                await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ended;
            }
        }
    }

    private NodeServerOptions ServerOptions() => new()
    {
        Name = options.Name,
        Port = options.Port,
        Certificate = pki.NodeServing(options.Name, new CertificateNames([options.Name], [options.Address])).Current,
        ClientAuthorities = pki.Authority.Roots,
    };

    private NodeOptions AgentOptions() => new()
    {
        Name = options.Name,
        Addresses = [options.Address],
        RootDirectory = options.Paths.PodRoot,
        LogDirectory = options.Paths.PodLogs,
        LogLinkDirectory = options.Paths.PodLogLinks,
        Port = options.Port,
        CgroupRoot = options.Paths.CgroupRoot,
        ClusterDns = [options.ClusterDns.ToString()],
    };
}
