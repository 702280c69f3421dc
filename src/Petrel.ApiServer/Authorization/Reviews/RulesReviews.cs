using Petrel.Api;
using Petrel.Api.Authorization;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>Answers the review that lists what the caller may do in a namespace.</summary>
internal sealed class RulesReviews(IRbacObjects objects)
{
    /// <exception cref="StatusException">400: the review names no namespace.</exception>
    public SelfSubjectRulesReview Review(SelfSubjectRulesReview review, UserInfo user)
    {
        if (review.Spec.Namespace.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest("no namespace on request"));
        }

        var (resources, paths, errors) = (new List<ResourceRule>(), new List<NonResourceRule>(), new List<string>());
        foreach (var bound in RuleResolution.Of(objects.Current, user, review.Spec.Namespace))
        {
            if (bound.Rules is not { } rules)
            {
                errors.Add(bound.MissingRole);
                continue;
            }

            resources.AddRange(rules.Where(static rule => !rule.Resources.IsEmpty).Select(static rule =>
                new ResourceRule { Verbs = rule.Verbs, ApiGroups = rule.ApiGroups, Resources = rule.Resources, ResourceNames = rule.ResourceNames }));
            paths.AddRange(rules.Where(static rule => !rule.NonResourceURLs.IsEmpty).Select(static rule =>
                new NonResourceRule { Verbs = rule.Verbs, NonResourceURLs = rule.NonResourceURLs }));
        }

        // What a node may do depends on the pods bound to it, which no list of rules can say.
        var isNode = SystemIdentities.TryParseNode(user, out _);
        if (isNode)
        {
            errors.Insert(0, "node authorizer does not support user rule resolution");
        }

        // Upstream's answer does not repeat the question.
        return new SelfSubjectRulesReview
        {
            Status = new SubjectRulesReviewStatus
            {
                ResourceRules = resources.Distinct().ToApiList(),
                NonResourceRules = paths.Distinct().ToApiList(),
                Incomplete = errors.Count > 0,
                EvaluationError = string.Join(", ", errors),
            },
        };
    }
}
