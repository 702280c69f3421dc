using System.Globalization;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Json;
using Petrel.ApiServer.Admission.Matching;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Carries out MutatingWebhookConfiguration objects: asks webhooks, one after the other, how to change the object of a request.</summary>
internal sealed class MutatingWebhookAdmission(WebhookIndex<MutatingWebhookConfiguration> index, WebhookMatcher matcher, WebhookCalls calls) : IMutatingAdmission
{
    /// <summary>How metrics name what is done here.</summary>
    public const string MetricType = "admit";

    public const string PluginName = "MutatingAdmissionWebhook";

    public string Name => PluginName;

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var webhooks = index.InForce;
        if (webhooks.Count == 0 || RequestMatcher.IsExempt(request.Type.Info))
        {
            return;
        }

        var again = request.WebhooksAgain;
        again.Begin(request);
        for (var i = 0; i < webhooks.Count; i++)
        {
            if (await matcher.MatchAsync(webhooks[i], request, cancellationToken) is { } target && again.IsWanted(webhooks[i].Key, request))
            {
                await AskAsync(webhooks[i], i, request, await WebhookQuestion.OfAsync(request, target, cancellationToken), again, cancellationToken);
            }
        }

        again.Leave(request.Object);
    }

    private async Task AskAsync(RegisteredWebhook webhook, int index, AdmissionRequest request, WebhookQuestion question, AskedAgain again, CancellationToken cancellationToken)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"round_{(request.Reinvocation.IsSecondRound ? 1 : 0)}_index_{index}");
        var hasChanged = false;
        var outcome = await calls.AskAsync(
            webhook,
            request,
            question,
            async response =>
            {
                hasChanged = await ObjectPatch.ApplyAsync(webhook, request, question.Target, response, cancellationToken);
                if (!response.Patch.Span.IsEmpty)
                {
                    AnnotatePatch(request, webhook, place, response.Patch);
                }
            },
            cancellationToken);
        request.Annotate(
            "mutation.webhook.admission.k8s.io/" + place,
            Head(webhook).With("mutated", hasChanged).ToString());
        if (outcome.FailedOpen)
        {
            request.Annotate("failed-open.mutation.webhook.admission.k8s.io/" + place, webhook.Name);
        }

        if (hasChanged)
        {
            again.ObjectChanged();
            request.Reinvocation.Want();
        }

        if (webhook.IsReinvoked)
        {
            again.Asked(webhook.Key);
        }

        if (outcome.Refusal is not null)
        {
            throw outcome.Refusal;
        }
    }

    private static void AnnotatePatch(AdmissionRequest request, RegisteredWebhook webhook, string place, Api.Binary patch) => request.Annotate(
        "patch.webhook.admission.k8s.io/" + place,
        Head(webhook).With("patch", JsonTree.Parse(patch.Span)).With("patchType", "JSONPatch").ToString());

    private static JsonMap Head(RegisteredWebhook webhook) => JsonMap.Empty.With("configuration", webhook.Configuration).With("webhook", webhook.Name);
}
