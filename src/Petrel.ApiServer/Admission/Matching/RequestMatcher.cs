using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>Finds out whether a request meets the criteria of a webhook, policy or binding.</summary>
/// <param name="namespaces">The kind Namespace, whose labels namespace selectors look at.</param>
/// <param name="equivalents">The kinds under which the same stored objects can be reached.</param>
internal sealed class RequestMatcher(Func<ResourceEndpoint> namespaces, Func<ResourceType, IEnumerable<ResourceType>> equivalents)
{
    /// <summary>Kinds that configure admission. No webhook and no policy sees them, so that a wrong one can be removed.</summary>
    private static readonly string[] Exempt =
    [
        "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "mutatingwebhookconfigurations",
        "validatingadmissionpolicies", "validatingadmissionpolicybindings", "validatingwebhookconfigurations",
    ];

    /// <summary>True when no webhook and no policy applies to requests of the kind.</summary>
    public static bool IsExempt(ResourceInfo info) => info.Group == "admissionregistration.k8s.io" && Exempt.Contains(info.Resource);

    /// <summary>The kind as which the request matches (its own, or the equivalent one that a rule names); null when it does not.</summary>
    /// <exception cref="StatusException">404: the namespace, whose labels count, does not exist.</exception>
    public async ValueTask<ResourceType?> MatchAsync(MatchCriteria criteria, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!MatchesObject(criteria.ObjectSelector, request)
            || FindTarget(criteria.ExcludedRules, criteria, request) is not null
            || FindTarget(criteria, request) is not { } target)
        {
            return null;
        }

        return await MatchesNamespaceAsync(criteria.NamespaceSelector, request, cancellationToken) ? target : null;
    }

    private ResourceType? FindTarget(MatchCriteria criteria, AdmissionRequest request) =>
        criteria.Rules.Count == 0 && criteria.MatchesWithoutRules ? request.Type : FindTarget(criteria.Rules, criteria, request);

    private ResourceType? FindTarget(IReadOnlyList<IRequestRule> rules, MatchCriteria criteria, AdmissionRequest request)
    {
        if (rules.Any(rule => RuleMatch.Matches(rule, request, request.Type.Info)))
        {
            return request.Type;
        }

        if (!criteria.MatchesEquivalents || rules.Count == 0)
        {
            return null;
        }

        // The first rule decides as which kind the request is looked at.
        var others = equivalents(request.Type).ToList();
        return rules.Select(rule => others.Find(type => RuleMatch.Matches(rule, request, type.Info))).FirstOrDefault(static type => type is not null);
    }

    private static bool MatchesObject(LabelSelectorExpression selector, AdmissionRequest request) =>
        selector.IsEmpty
        || (request.Object is { } value && selector.Matches(value.Metadata.Labels))
        || (request.OldObject is { } old && selector.Matches(old.Metadata.Labels));

    private async ValueTask<bool> MatchesNamespaceAsync(LabelSelectorExpression selector, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var isNamespace = request.Type.ClrType == typeof(Namespace);
        if (selector.IsEmpty || (request.Namespace.Length == 0 && !isNamespace))
        {
            return true;
        }

        // A namespace that is being written is judged by what it will be.
        if (isNamespace && request.Object is Namespace written && request.Subresource.Length == 0)
        {
            return selector.Matches(written.Metadata.Labels);
        }

        var stored = await namespaces().Store.GetAsync("", isNamespace ? request.Name : request.Namespace, cancellationToken);
        return selector.Matches(stored.Decode().Metadata.Labels);
    }
}
