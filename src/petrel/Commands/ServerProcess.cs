using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Api.Features;
using Petrel.ApiServer;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Lifecycle;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Services;
using Petrel.Controllers.Hosting;
using Petrel.Metrics;
using Petrel.Program.Hosting;
using Petrel.Program.Nodes;
using Petrel.Scheduler;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Program.Commands;

/// <summary>The server as a process: store, API server, listener, components, in the order in which they need each other.</summary>
internal static class ServerProcess
{
    /// <summary>Runs until cancelled. Errors a user can mend are one sentence and exit code 1.</summary>
    public static Task<int> RunAsync(ServerOptions options, CancellationToken cancellationToken) => CommandOutcome.RunAsync("server", async () =>
    {
        try
        {
            await ServeAsync(options, Console.Error, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    });

    private static async Task ServeAsync(ServerOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(new LineLogger(log, time)).SetMinimumLevel(LogLevel.Warning));
        var addresses = MachineAddresses.All();
        var address = options.NodeAddress ?? MachineAddresses.Primary()
            ?? throw new IOException("no network interface of this machine has an IPv4 address that others can reach; set one up, or name the address with --node-ip");

        // 1. What the cluster is: its objects and its keys.
        await using var store = EmbeddedStore.Open(options.Paths.Store, time: time, logger: logging.CreateLogger<EmbeddedStore>());
        using var pki = PkiFolder.Open(options.Paths.Pki, time);

        // 2. The API server and its listener.
        var serverOptions = options.Limits with
        {
            SecurePort = options.Port,
            BindAddress = options.BindAddress,
            ServiceClusterIpRange = options.ServiceRange.ToString(),
            Admission = options.Admission,
            Features = FeatureGates.Parse(options.FeatureGates),
            RuntimeConfiguration = RuntimeConfiguration.Parse(options.RuntimeConfig),
            AggregatorRouting = options.AggregatorRouting ?? options.ControlPlaneOnly,
        };
        await using var security = new ServerSecurity(pki, store, options.Security, time, logging.CreateLogger<ServerSecurity>());
        await security.StartAsync(cancellationToken);
        var metrics = new MetricRegistry();
        ProcessMetrics.AddTo(metrics);
        await using var server = new ApiServer.ApiServer(serverOptions, store, security, time, logging, metrics);
        await server.StartAsync(cancellationToken);
        var names = CertificateNames.ForApiServer("cluster.local", options.ApiServiceAddress, [options.NodeName], [.. addresses]);
        var serving = pki.Serving(names);
        await using var host = await HttpsHost.StartAsync(server, serverOptions, new ServerTls(serving, pki.Authority), logging, cancellationToken);

        if (options.KubeconfigPath is not null)
        {
            new Kubeconfig("petrel", new Uri($"https://127.0.0.1:{host.Port}"), pki.Authority.CertificatePem, "kubernetes-admin", pki.Authority.IssueAdmin())
                .Write(options.KubeconfigPath);
        }

        // 3. The objects that every cluster has.
        var administrator = server.As(Components.ApiServer, "kube-apiserver");
        var service = new KubernetesService(new KubernetesServiceOptions(options.ApiServiceAddress, address, host.Port));
        var dns = new IPEndPoint(address, options.DnsPort);
        var local = new LocalApiServices(server.GroupVersions);
        IReadOnlyList<IBootstrapStep> addOns = options.ControlPlaneOnly ? [local] : [local, new ClusterDnsService(options.EffectiveClusterDns, dns)];
        var ranges = new DefaultServiceRanges(serverOptions.ServiceClusterIpRange, time);
        await new ClusterBootstrap(ranges, service, new ClientAuthorityConfigMap(pki, options.Security.RequestHeader), serverOptions.Features, addOns).RunAsync(administrator, server.Bootstrapping, cancellationToken);
        // The components below may do at once what these objects allow them.
        await security.CatchUpAsync(cancellationToken);

        await Task.Run(() => pki.TokenKeyPem.Value, cancellationToken);
        await log.WriteLineAsync($"petrel server: ready on https://127.0.0.1:{host.Port}");

        // 4. What works on the objects, until the process is told to stop; they end before what they stand on does.
        var components = new ComponentSet(time, logging.CreateLogger<ComponentSet>());
        components.Add("custom resources", server.FollowDefinitionsAsync);
        components.Add("priority and fairness", server.FollowFlowControlAsync);
        components.Add("keeper of default/kubernetes", new KubernetesServiceKeeper(administrator, service, ranges, time, logging.CreateLogger<KubernetesServiceKeeper>()).RunAsync);
        components.Add("keeper of service addresses", new ServiceAddressKeeper(administrator, time, logging).RunAsync);
        components.Add("availability of APIServices", server.Availability(administrator).RunAsync);
        components.Add("registration of custom resources", server.CustomApiServices(administrator).RunAsync);
        components.Add("history compaction", new HistoryCompaction(store, HistoryCompaction.DefaultInterval, time, logging.CreateLogger<HistoryCompaction>()).RunAsync);
        components.Add("controllers", new ControllerHost(ControllersOf(options, pki, security) with { QueueObserver = new QueueMetrics(metrics).Of }, account => server.As(Components.Controller(account), "kube-controller-manager"), time, logging).RunAsync);
        components.Add("scheduler", new Scheduler.Scheduler(new SchedulerOptions(), server.As(Components.Scheduler, "kube-scheduler"), time, logging).RunAsync);
        if (!options.ControlPlaneOnly)
        {
            var node = NodeOptionsOf(options, address);
            components.Add("node", token => new NodeProcess(node, server.As(Components.Node(node.Name), "kubelet"), pki, time, logging).RunAsync(token));
            components.Add("service proxy", token => ServiceProxyProcess.RunAsync(server.As(Components.Proxy, "kube-proxy"), node, time, logging, token));
            components.Add("DNS server", token =>
                ClusterDnsProcess.RunAsync(server.As(Components.Dns, "coredns"), dns, options.EffectiveClusterDns, time, logging, token));
        }

        using var told = cancellationToken.UnsafeRegister(static lifecycle => ((ServerLifecycle)lifecycle!).BeginShutdown(), server.Lifecycle);
        await components.RunAsync(cancellationToken);
        await host.StopAsync(time);
    }

    private static ControllerOptions ControllersOf(ServerOptions options, PkiFolder pki, ServerSecurity security) => new()
    {
        ClusterCidr = options.PodRange.ToString(),
        RootCertificateAuthorityPem = pki.Authority.CertificatePem,
        TokenSigner = security.IssueLegacyToken,
    };

    private static NodeProcessOptions NodeOptionsOf(ServerOptions options, IPAddress address) => new()
    {
        Name = options.NodeName,
        Address = address,
        Paths = options.Paths,
        PodRange = options.PodRange,
        ServiceRange = options.ServiceRange,
        ClusterDns = options.EffectiveClusterDns,
        Port = options.NodePort,
    };
}
