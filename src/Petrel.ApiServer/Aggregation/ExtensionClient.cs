using Petrel.Api;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Aggregation;

/// <summary>How requests reach one extension API server: TLS both ways.</summary>
/// <param name="serverName">The name that the server is called by, whatever its address: its certificate must hold for it.</param>
/// <param name="upgrades">For requests that become streams.</param>
internal sealed class ExtensionClient(string serverName, HttpMessageInvoker requests, UpgradeOptions upgrades) : IDisposable
{
    public UpgradeOptions Upgrades { get; } = upgrades;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // The TLS layer takes the name from here.
        message.Headers.Host = serverName;
        return requests.SendAsync(message, cancellationToken);
    }

    public void Dispose() => requests.Dispose();
}

/// <summary>What makes one client different from another.</summary>
/// <param name="ServerName">The name that the server's certificate must hold for.</param>
/// <param name="CaBundle">Authorities as PEM; those of the machine when empty.</param>
internal readonly record struct ExtensionTrust(string ServerName, Binary CaBundle, bool InsecureSkipTlsVerify);
