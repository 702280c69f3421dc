using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Webhooks;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>What the two plugins that ask webhooks work with.</summary>
internal sealed record WebhookServices(WebhookIndexes Indexes, WebhookClients Clients, WebhookMetrics Metrics, ILogger Logger)
{
    public static MutatingWebhookAdmission Mutating(AdmissionServices services) => new(
        services.Webhooks.Indexes.Mutating,
        services.Webhooks.Matcher(services, MutatingWebhookAdmission.MetricType),
        services.Webhooks.Calls(services, MutatingWebhookAdmission.PluginName, MutatingWebhookAdmission.MetricType));

    public static ValidatingWebhookAdmission Validating(AdmissionServices services) => new(
        services.Webhooks.Indexes.Validating,
        services.Webhooks.Matcher(services, ValidatingWebhookAdmission.MetricType),
        services.Webhooks.Calls(services, ValidatingWebhookAdmission.PluginName, ValidatingWebhookAdmission.MetricType));

    private WebhookMatcher Matcher(AdmissionServices services, string type) => new(services.Registry, services.Authorizer, Metrics, type);

    private WebhookCalls Calls(AdmissionServices services, string plugin, string type) =>
        new(Clients.With(WebhookSettings.Credentials(services.Configuration.Of(plugin))), Metrics, type, services.Time, Logger);
}
