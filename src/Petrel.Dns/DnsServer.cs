using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Dns.Chain;
using Petrel.Dns.Forwarding;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Listening;
using Petrel.Dns.Plugins;
using Petrel.Dns.Wire;

namespace Petrel.Dns;

/// <summary>
/// The cluster's DNS server: listeners, the chain that answers, and the records of the cluster's zone, which whoever watches
/// the cluster keeps current through <see cref="Records"/>. Until those are synced the zone's names get SERVFAIL.
/// </summary>
public sealed partial class DnsServer : IAsyncDisposable
{
    private readonly DnsServerOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<DnsServer> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IAsyncDisposable> _listeners = [];
    private readonly List<Task> _background = [];
    private DnsChain? _chain;

    /// <exception cref="FormatException">The domain is not a domain name.</exception>
    public DnsServer(DnsServerOptions options, ILoggerFactory loggers)
    {
        _options = options;
        _loggers = loggers;
        _logger = loggers.CreateLogger<DnsServer>();
        Records = new ClusterIndex(DnsName.Parse(options.Domain), options.TtlSeconds, options.Time);
    }

    /// <summary>The records of the cluster's zone.</summary>
    public ClusterIndex Records { get; }

    /// <summary>Where the server listens, in the order of the options; empty before it is started.</summary>
    public ImmutableArray<IPEndPoint> EndPoints { get; private set; } = [];

    /// <summary>Whether the server listens and knows the cluster's records.</summary>
    public bool IsReady => _chain is not null && Records.IsSynced;

    /// <summary>Opens the sockets and begins to answer. A server is started once.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on; nothing is left open.</exception>
    /// <exception cref="IOException">The resolver configuration cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        DnsServerOptions options = _options with { Forward = await WithUpstreamsAsync(cancellationToken).ConfigureAwait(false) };
        ListenSockets[] sockets = OpenSockets();
        EndPoints = [.. sockets.Select(pair => (IPEndPoint)pair.Udp.LocalEndPoint!)];

        KubernetesPluginOptions kubernetes = new() { ServerAddresses = ServerAddresses() };
        _chain = DefaultChain.Build(options, kubernetes, Records, _loggers);
        Listen(sockets, _chain.Head);
        foreach (IBackgroundPlugin plugin in _chain.Plugins.OfType<IBackgroundPlugin>())
        {
            _background.Add(Task.Run(() => plugin.RunAsync(_chain.Head, _stopping.Token), CancellationToken.None));
        }

        foreach (IPEndPoint endPoint in EndPoints)
        {
            Log.Listening(_logger, endPoint, Records.Zone, options.Forward.Upstreams.Length);
        }
    }

    /// <summary>Stops listening, gives up queries under way and closes everything. Harmless when repeated.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (IAsyncDisposable listener in _listeners)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }

        _listeners.Clear();
        await Task.WhenAll(_background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Task failed in _background.Where(task => task.IsFaulted))
        {
            Log.BackgroundFailed(_logger, failed.Exception!);
        }

        _background.Clear();
        foreach (IAsyncDisposable plugin in _chain?.Plugins.OfType<IAsyncDisposable>() ?? [])
        {
            await plugin.DisposeAsync().ConfigureAwait(false);
        }

        _chain = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async ValueTask<ForwardPluginOptions> WithUpstreamsAsync(CancellationToken cancellationToken)
    {
        ForwardPluginOptions forward = _options.Forward;
        if (!forward.Upstreams.IsEmpty || _options.ResolverConfigurationPath is not { } path)
        {
            return forward;
        }

        string text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        return forward with { Upstreams = ResolverConfiguration.ParseNameServers(text) };
    }

    private ListenSockets[] OpenSockets()
    {
        List<ListenSockets> sockets = [.. _options.Sockets];
        try
        {
            foreach (IPEndPoint endPoint in _options.Listen)
            {
                sockets.Add(ListenSockets.Open(endPoint));
            }

            return [.. sockets];
        }
        catch
        {
            sockets.ForEach(pair => pair.Dispose());
            throw;
        }
    }

    private ImmutableArray<IPAddress> ServerAddresses() => _options.ServerAddresses.IsEmpty
        ?
        [
            .. EndPoints.Select(endPoint => endPoint.Address)
                .Where(address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
                .Distinct(),
        ]
        : _options.ServerAddresses;

    private void Listen(ListenSockets[] sockets, DnsStep chain)
    {
        QueryHandler handler = new(chain, _options.Limits.UdpPayloadBytesMax, _loggers.CreateLogger<QueryHandler>());
        foreach (ListenSockets pair in sockets)
        {
            UdpListener udp = new(pair.Udp, handler, _options.Limits, _loggers.CreateLogger<UdpListener>());
            TcpListener tcp = new(pair.Tcp, handler, _options.Limits, _options.Time, _loggers.CreateLogger<TcpListener>());
            _listeners.Add(udp);
            _listeners.Add(tcp);
            udp.Start();
            tcp.Start();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Answering DNS for {Zone} on {EndPoint}, other domains from {Upstreams} upstreams")]
        public static partial void Listening(ILogger logger, IPEndPoint endPoint, DnsName zone, int upstreams);

        [LoggerMessage(Level = LogLevel.Error, Message = "A plugin's background work ended with an error")]
        public static partial void BackgroundFailed(ILogger logger, Exception exception);
    }
}
