namespace Petrel.ApiServer.Webhooks;

/// <summary>How the server shows itself to webhooks that want to know who asks.</summary>
internal interface IWebhookCredentials
{
    /// <param name="host">Name of the webhook's server; NAME.NAMESPACE.svc for services.</param>
    WebhookCredential Of(string host, int port);
}
