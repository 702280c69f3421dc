using Petrel.Api.Meta;

namespace Petrel.ApiServer.Webhooks;

/// <summary>A webhook could not be asked, or did not answer as it should. The message is for people.</summary>
/// <param name="status">What the webhook's server answered, or what stands for that.</param>
internal sealed class WebhookException(string message, Status status) : Exception(message)
{
    public Status Status { get; } = status;

    /// <summary>Nothing was sent: the configuration of the webhook cannot be used.</summary>
    public bool IsMisconfigured { get; init; }
}
