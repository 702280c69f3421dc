using System.Globalization;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Carries out ValidatingWebhookConfiguration objects: asks webhooks, all at the same time, whether a request may pass.</summary>
internal sealed class ValidatingWebhookAdmission(WebhookIndex<ValidatingWebhookConfiguration> index, WebhookMatcher matcher, WebhookCalls calls) : IValidatingAdmission
{
    /// <summary>How metrics name what is done here.</summary>
    public const string MetricType = "validating";

    public const string PluginName = "ValidatingAdmissionWebhook";

    public string Name => PluginName;

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var webhooks = index.InForce;
        if (webhooks.Count == 0 || RequestMatcher.IsExempt(request.Type.Info))
        {
            return;
        }

        // 1. Who is asked.
        var questions = new Dictionary<ResourceType, WebhookQuestion>();
        var asked = new List<(RegisteredWebhook Webhook, WebhookQuestion Question)>();
        foreach (var webhook in webhooks)
        {
            if (await matcher.MatchAsync(webhook, request, cancellationToken) is { } target)
            {
                if (!questions.TryGetValue(target, out var question))
                {
                    questions[target] = question = await WebhookQuestion.OfAsync(request, target, cancellationToken);
                }

                asked.Add((webhook, question));
            }
        }

        // 2. All are heard, so that each learns of every request; the first who refuses is told.
        var outcomes = await calls.AskAllAsync(asked, request, cancellationToken);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].FailedOpen)
            {
                request.Annotate(string.Create(CultureInfo.InvariantCulture, $"failed-open.validating.webhook.admission.k8s.io/round_0_index_{i}"), asked[i].Webhook.Name);
            }
        }

        if (Array.Find(outcomes, static outcome => outcome.Refusal is not null).Refusal is { } refusal)
        {
            throw refusal;
        }
    }
}
