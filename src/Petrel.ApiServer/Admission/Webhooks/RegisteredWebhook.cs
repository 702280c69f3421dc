using System.Globalization;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Webhooks;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>A webhook in force, prepared once for all requests.</summary>
internal sealed class RegisteredWebhook
{
    private readonly IAdmissionWebhook _webhook;

    /// <param name="configuration">Name of the configuration that registers it.</param>
    /// <param name="index">Place in that configuration.</param>
    public RegisteredWebhook(string configuration, int index, IAdmissionWebhook webhook)
    {
        _webhook = webhook;
        Configuration = configuration;
        Key = string.Create(CultureInfo.InvariantCulture, $"{configuration}/{webhook.Name}/{index}");
        Criteria = new MatchCriteria(
            LabelSelectorExpression.From(webhook.NamespaceSelector),
            LabelSelectorExpression.From(webhook.ObjectSelector),
            [.. webhook.Rules],
            webhook.MatchPolicy != "Exact");
        Conditions = webhook.MatchConditions.IsEmpty ? null : new RequestConditions(webhook.MatchConditions, hasParams: false);
        Address = webhook.ClientConfig switch
        {
            { Service: { } service } client => WebhookAddress.Behind(new ServiceTarget(service.Namespace, service.Name, service.Port ?? 443), service.Path, client.CaBundle),
            var client => WebhookAddress.At(client.Url ?? "", client.CaBundle),
        };
    }

    public string Name => _webhook.Name;

    public string Configuration { get; }

    /// <summary>Tells it apart from all other webhooks.</summary>
    public string Key { get; }

    public MatchCriteria Criteria { get; }

    /// <summary>Null when there are none.</summary>
    public RequestConditions? Conditions { get; }

    public WebhookAddress Address { get; }

    public TimeSpan Timeout => TimeSpan.FromSeconds(_webhook.TimeoutSeconds ?? 10);

    /// <summary>Requests pass when the webhook cannot be asked.</summary>
    public bool FailsOpen => _webhook.FailurePolicy == "Ignore";

    /// <summary>It may be asked about dry runs.</summary>
    public bool AllowsDryRun => _webhook.SideEffects is "None" or "NoneOnDryRun";

    /// <summary>It wants to see the object again when others change it afterwards.</summary>
    public bool IsReinvoked => _webhook is MutatingWebhook { ReinvocationPolicy: "IfNeeded" };

    /// <summary>The versions of AdmissionReview that it names, in its order.</summary>
    public IReadOnlyList<string> ReviewVersions => _webhook.AdmissionReviewVersions;
}
