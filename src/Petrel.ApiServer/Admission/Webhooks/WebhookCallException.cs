using Petrel.Api.Meta;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>A webhook could not be asked; its failure policy decides what follows.</summary>
internal sealed class WebhookCallException(string webhook, string reason, Status status)
    : Exception($"failed calling webhook {Api.Validation.GoSyntax.Quote(webhook)}: {reason}")
{
    public Status Status { get; } = status;

    /// <summary>The error for the client when the webhook insists on being asked.</summary>
    public StatusException ToRefusal() => new(Statuses.InternalError(Message));
}
