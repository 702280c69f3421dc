using System.Net;

namespace Petrel.ApiServer.Webhooks;

/// <summary>Makes the clients of those who ask webhooks, and ends their connections with the server.</summary>
internal sealed class WebhookClients(ServiceAddresses services, IWebProxy proxy, TimeProvider time) : IDisposable
{
    private readonly List<WebhookConnections> _connections = [];

    /// <summary>A client with its own connections. Called while the server is put together.</summary>
    public WebhookClient With(IWebhookCredentials credentials)
    {
        var connections = new WebhookConnections(services, credentials, proxy);
        _connections.Add(connections);
        return new WebhookClient(connections, time);
    }

    public void Dispose()
    {
        foreach (var connections in _connections)
        {
            connections.Dispose();
        }
    }
}
