using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Petrel.ApiServer;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Program.Commands;

/// <summary>The control plane as a process: store, API server, listener, in the order in which they need each other.</summary>
internal static class ServerProcess
{
    /// <summary>Runs until cancelled. Errors a user can mend are one sentence and exit code 1.</summary>
    public static async Task<int> RunAsync(ServerOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(options, errors, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception refused) when (refused is IOException or PkiException or UnauthorizedAccessException or FormatException or SocketException)
        {
            await errors.WriteLineAsync("petrel server: " + refused.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(ServerOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(new LineLogger(log, time)).SetMinimumLevel(LogLevel.Warning));
        var serviceAddress = FirstAddressOf(options.ServiceClusterIpRange);
        var addresses = LocalAddresses();

        // 1. What the cluster is: its objects and its keys.
        await using var store = EmbeddedStore.Open(Path.Combine(options.DataDirectory, "store"), time: time, logger: logging.CreateLogger<EmbeddedStore>());
        using var pki = PkiFolder.Open(Path.Combine(options.DataDirectory, "pki"), time);

        // 2. The API server and its listener.
        var serverOptions = new ApiServerOptions { SecurePort = options.Port, BindAddress = options.BindAddress, ServiceClusterIpRange = options.ServiceClusterIpRange };
        await using var security = new ServerSecurity(pki, store, new SecurityOptions(), time, logging.CreateLogger<ServerSecurity>());
        await security.StartAsync(cancellationToken);
        var server = new ApiServer.ApiServer(serverOptions, store, security, time, logging);
        var names = CertificateNames.ForApiServer("cluster.local", serviceAddress, [Dns.GetHostName()], addresses);
        var serving = pki.Serving(names);
        await using var host = await HttpsHost.StartAsync(server, serverOptions, new ServerTls(serving, pki.Authority), logging, cancellationToken);

        // 3. The objects that every cluster has.
        var advertised = addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;
        var service = new KubernetesService(new KubernetesServiceOptions(serviceAddress, advertised, host.Port));
        await new ClusterBootstrap(service, pki.Authority.CertificatePem).RunAsync(server.As(Components.Administrator, "kube-apiserver"), cancellationToken);

        // 4. Only now is there something to connect to.
        if (options.KubeconfigPath is not null)
        {
            new Kubeconfig("petrel", new Uri($"https://127.0.0.1:{host.Port}"), pki.Authority.CertificatePem, "kubernetes-admin", pki.Authority.IssueAdmin())
                .Write(options.KubeconfigPath);
        }

        await log.WriteLineAsync($"petrel server: ready on https://127.0.0.1:{host.Port}");
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }

    /// <summary>The first usable address of the service range is the API's own.</summary>
    private static IPAddress FirstAddressOf(string range)
    {
        if (!IPNetwork.TryParse(range, out var network))
        {
            throw new FormatException($"--service-cluster-ip-range: \"{range}\" is no address range such as 10.96.0.0/12");
        }

        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes);
    }

    private static List<IPAddress> LocalAddresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(candidate => candidate.OperationalStatus == OperationalStatus.Up && candidate.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(candidate => candidate.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !address.IsIPv6LinkLocal),
    ];
}
