namespace Petrel.ApiServer.Webhooks;

/// <summary>The server does not show who it is.</summary>
internal sealed class Anonymous : IWebhookCredentials
{
    public static Anonymous Instance { get; } = new();

    public WebhookCredential Of(string host, int port) => WebhookCredential.None;
}
