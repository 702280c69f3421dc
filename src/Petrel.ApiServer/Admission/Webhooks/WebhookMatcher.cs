using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Decides which webhooks are asked about a request.</summary>
internal sealed class WebhookMatcher(Func<ResourceRegistry> registry, IAuthorizer authorizer, WebhookMetrics metrics, string type)
{
    private readonly RequestMatcher _matcher = new(() => registry().Of<Namespace>(), kind => ObjectVersions.EquivalentTo(registry(), kind));

    /// <summary>The kind as which the webhook is asked about the request; null when it is not asked.</summary>
    /// <exception cref="StatusException">404: the namespace, whose labels count, does not exist. 403: a condition failed.</exception>
    public async ValueTask<ResourceType?> MatchAsync(RegisteredWebhook webhook, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var target = await _matcher.MatchAsync(webhook.Criteria, request, cancellationToken);
        if (target is null || webhook.Conditions is null)
        {
            return target;
        }

        var outcome = webhook.Conditions.Evaluate(await RequestVariables.OfAsync(request, target, namespaceObject: null, authorizer, cancellationToken), cancellationToken);
        if (outcome.Error.Length > 0)
        {
            metrics.ConditionFailed(webhook.Name, type, request.Operation);
            return webhook.FailsOpen ? null : throw new StatusException(Statuses.Forbidden(request.Type.Info.GroupResource, request.EffectiveName, outcome.Error));
        }

        if (!outcome.Matches)
        {
            metrics.ConditionExcluded(webhook.Name, type, request.Operation);
            return null;
        }

        return target;
    }
}
