using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authentication;

/// <summary>Answers the reviews that ask who somebody is.</summary>
/// <param name="tokens">Who knows tokens.</param>
/// <param name="audiences">The API server's own audiences, for reviews that name none.</param>
internal sealed class IdentityReviews(TokenAuthentication tokens, ApiList<string> audiences)
{
    public static SelfSubjectReview Review(SelfSubjectReview review, UserInfo user) =>
        review with { Status = new SelfSubjectReviewStatus { UserInfo = user.ToApi() } };

    /// <exception cref="StatusException">400: the review has no token.</exception>
    public async ValueTask<TokenReview> ReviewAsync(TokenReview review, CancellationToken cancellationToken)
    {
        if (review.Spec.Token.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest("token is required for TokenReview in authentication"));
        }

        var wanted = review.Spec.Audiences.IsEmpty ? audiences : review.Spec.Audiences;
        var result = await tokens.AuthenticateAsync(review.Spec.Token, wanted, cancellationToken);
        if (result.User is not { } user)
        {
            return review with { Status = new TokenReviewStatus { Error = result.ErrorText } };
        }

        return review with
        {
            Status = new TokenReviewStatus
            {
                Authenticated = true,
                User = user.WithGroup(SystemIdentities.AuthenticatedGroup).ToApi(),
                Audiences = result.Audiences,
            },
        };
    }
}
