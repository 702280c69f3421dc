using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Virtual;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>The kinds that are questions about identity and permission: creating one stores nothing and answers it.</summary>
internal static class ReviewResources
{
    public static IReadOnlyList<IVirtualResource> List(AccessReviews access, RulesReviews rules, IdentityReviews identity) =>
    [
        new AnsweredCreate<SubjectAccessReview>(async (review, _, _) => await access.ReviewAsync(review)),
        new AnsweredCreate<LocalSubjectAccessReview>(async (review, _, _) => await access.ReviewAsync(review)),
        new AnsweredCreate<SelfSubjectAccessReview>(async (review, request, _) => await access.ReviewAsync(review, request.User)),
        new AnsweredCreate<SelfSubjectRulesReview>((review, request, _) => ValueTask.FromResult(rules.Review(review, request.User))),
        new AnsweredCreate<SelfSubjectReview>((review, request, _) => ValueTask.FromResult(IdentityReviews.Review(review, request.User))),
        new AnsweredCreate<TokenReview>(async (review, _, cancellation) => await identity.ReviewAsync(review, cancellation)),
    ];
}
