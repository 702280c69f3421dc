using Petrel.Api.AdmissionRegistration;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>The webhooks in force of both kinds.</summary>
internal sealed class WebhookIndexes
{
    public WebhookIndex<MutatingWebhookConfiguration> Mutating { get; } = new(static configuration => configuration.Webhooks.Cast<IAdmissionWebhook>());

    public WebhookIndex<ValidatingWebhookConfiguration> Validating { get; } = new(static configuration => configuration.Webhooks.Cast<IAdmissionWebhook>());
}
