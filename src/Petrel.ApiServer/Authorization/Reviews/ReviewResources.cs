using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Virtual;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>The kinds that are questions about identity and permission: creating one stores nothing and answers it.</summary>
internal static class ReviewResources
{
    public static IReadOnlyList<IVirtualResource> List(AccessReviews access, RulesReviews rules, IdentityReviews identity) =>
    [
        new Answering<SubjectAccessReview>(async (review, _, _) => await access.ReviewAsync(review)),
        new Answering<LocalSubjectAccessReview>(async (review, _, _) => await access.ReviewAsync(review)),
        new Answering<SelfSubjectAccessReview>(async (review, request, _) => await access.ReviewAsync(review, request.User)),
        new Answering<SelfSubjectRulesReview>((review, request, _) => ValueTask.FromResult(rules.Review(review, request.User))),
        new Answering<SelfSubjectReview>((review, request, _) => ValueTask.FromResult(IdentityReviews.Review(review, request.User))),
        new Answering<TokenReview>(async (review, _, cancellation) => await identity.ReviewAsync(review, cancellation)),
    ];

    private sealed class Answering<T>(Func<T, RequestContext, CancellationToken, ValueTask<T>> answer) : IVirtualResource where T : ApiObject
    {
        public Type Kind => typeof(T);

        public async ValueTask<ApiObject> CreateAsync(ApiObject body, RequestContext request, CancellationToken cancellationToken) =>
            await answer((T)body, request, cancellationToken);
    }
}
