using System.Net;
using System.Net.Security;
using Petrel.ApiServer.Pki;
using Petrel.Streams;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Nodes;

/// <summary>
/// The HTTP clients by which the API server speaks to node agents, as itself, and to pods, as nobody. Connections are kept
/// for the next request.
/// </summary>
internal sealed class NodeClients : IDisposable
{
    /// <summary>A backend that does not take a connection for this long is not there.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan IdleConnectionTimeout = TimeSpan.FromSeconds(90);

    public NodeClients(NodeClientTls tls)
    {
        NodeUpgrades = new UpgradeOptions { Tls = tls.Create() };
        PodUpgrades = new UpgradeOptions { Tls = Unverified() };
        Node = new HttpMessageInvoker(Verified(tls));
        UnverifiedNode = Client(tls.CreateInsecure());
        Pod = Client(Unverified());
    }

    /// <summary>Speaks to node agents and verifies them.</summary>
    public HttpMessageInvoker Node { get; }

    /// <summary>Speaks to node agents whoever answers.</summary>
    public HttpMessageInvoker UnverifiedNode { get; }

    /// <summary>Speaks to pods, which have certificates of their own making, if any.</summary>
    public HttpMessageInvoker Pod { get; }

    /// <summary>Streams to node agents.</summary>
    public UpgradeOptions NodeUpgrades { get; }

    /// <summary>Streams to pods.</summary>
    public UpgradeOptions PodUpgrades { get; }

    public void Dispose()
    {
        Node.Dispose();
        UnverifiedNode.Dispose();
        Pod.Dispose();
    }

    private static SslClientAuthenticationOptions Unverified() => new()
    {
#pragma warning disable CA5359 // Pods and services have no identity that could be verified; upstream does not either.
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
    };

    /// <summary>
    /// A node must prove to be the address that is called. The handler's own TLS would ask for the name in the Host header,
    /// which on the proxy's way is the one that the API server was called by.
    /// </summary>
    private static SocketsHttpHandler Verified(NodeClientTls tls)
    {
        var handler = Handler();
        handler.ConnectCallback = async (connection, cancellationToken) =>
        {
            var stream = new SslStream(await Sockets.ConnectAsync(Sockets.Tcp(), connection.DnsEndPoint, cancellationToken));
            try
            {
                var options = tls.Create();
                options.TargetHost = connection.DnsEndPoint.Host;
                await stream.AuthenticateAsClientAsync(options, cancellationToken);
                return stream;
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }
        };
        return handler;
    }

    private static HttpMessageInvoker Client(SslClientAuthenticationOptions tls)
    {
        var handler = Handler();
        handler.SslOptions = tls;
        return new HttpMessageInvoker(handler);
    }

    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleConnectionTimeout,
    };
}
