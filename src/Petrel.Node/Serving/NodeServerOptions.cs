using System.Net;
using System.Security.Cryptography.X509Certificates;
using Petrel.Streams.Upgrades;

namespace Petrel.Node.Serving;

/// <summary>Where a node's API listens and whom it believes. Names after the colon are kubelet's.</summary>
public sealed record NodeServerOptions
{
    /// <summary>The Node object's name, which access is asked for.</summary>
    public required string Name { get; init; }

    /// <summary><c>address</c></summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary><c>port</c>; 0 picks a free one.</summary>
    public int Port { get; init; } = 10250;

    /// <summary>The certificate for the next connection (<c>tlsCertFile</c>); called for each, so that it can be renewed.</summary>
    public required Func<X509Certificate2> Certificate { get; init; }

    /// <summary>Who signs the certificates of clients: <c>authentication.x509.clientCAFile</c>.</summary>
    public required X509Certificate2Collection ClientAuthorities { get; init; }

    /// <summary>How long a token that was good is believed: <c>authentication.webhook.cacheTTL</c>.</summary>
    public TimeSpan TokenTimeToLive { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary><c>authorization.webhook.cacheAuthorizedTTL</c></summary>
    public TimeSpan AllowedTimeToLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>authorization.webhook.cacheUnauthorizedTTL</c></summary>
    public TimeSpan RefusedTimeToLive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limits of streams to the runtime (<c>streamingConnectionIdleTimeout</c>).</summary>
    public UpgradeOptions Upgrades { get; init; } = new();
}
