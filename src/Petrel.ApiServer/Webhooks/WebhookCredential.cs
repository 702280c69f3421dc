using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Webhooks;

/// <summary>What is shown to one webhook's server.</summary>
internal sealed record WebhookCredential
{
    /// <summary>Nothing is shown.</summary>
    public static WebhookCredential None { get; } = new();

    /// <summary>The client certificate; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Gives the Authorization header of a request; null for none.</summary>
    public Func<string>? Authorization { get; init; }
}
