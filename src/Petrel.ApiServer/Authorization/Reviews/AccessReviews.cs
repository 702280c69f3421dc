using Petrel.Api;
using Petrel.Api.Authorization;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>Answers the reviews that ask whether somebody may do something.</summary>
internal sealed class AccessReviews(IAuthorizer authorizer)
{
    /// <exception cref="Responses.StatusException">422: the review asks nothing that can be answered.</exception>
    public async ValueTask<SubjectAccessReview> ReviewAsync(SubjectAccessReview review)
    {
        var errors = new FieldErrors();
        ReviewSpecValidation.Check(review.Spec, FieldPath.Root.Child("spec"), errors);
        ReviewSpecValidation.CheckMetadata(review.Metadata, mayNameNamespace: false, errors);
        ReviewSpecValidation.ThrowIfAny(errors);
        return review with { Status = await AnswerAsync(UserOf(review.Spec), review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes) };
    }

    /// <summary>The review of a namespace, which its administrator may make.</summary>
    /// <exception cref="Responses.StatusException">422: the review asks about something else than its namespace.</exception>
    public async ValueTask<LocalSubjectAccessReview> ReviewAsync(LocalSubjectAccessReview review)
    {
        var (errors, spec) = (new FieldErrors(), FieldPath.Root.Child("spec"));
        ReviewSpecValidation.Check(review.Spec, spec, errors);
        ReviewSpecValidation.CheckMetadata(review.Metadata, mayNameNamespace: true, errors);
        if (review.Spec.ResourceAttributes is { } resource && resource.Namespace != review.Metadata.Namespace)
        {
            errors.Invalid(spec.Child("resourceAttributes", "namespace"), resource.Namespace, "must match metadata.namespace");
        }

        if (review.Spec.NonResourceAttributes is { } nonResource)
        {
            errors.Invalid(spec.Child("nonResourceAttributes"), ReviewSpecValidation.AsGo(nonResource), "disallowed on this kind of request");
        }

        ReviewSpecValidation.ThrowIfAny(errors);
        return review with { Status = await AnswerAsync(UserOf(review.Spec), review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes) };
    }

    /// <exception cref="Responses.StatusException">422: the review asks nothing that can be answered.</exception>
    public async ValueTask<SelfSubjectAccessReview> ReviewAsync(SelfSubjectAccessReview review, UserInfo user)
    {
        var errors = new FieldErrors();
        ReviewSpecValidation.Check(review.Spec, FieldPath.Root.Child("spec"), errors);
        ReviewSpecValidation.CheckMetadata(review.Metadata, mayNameNamespace: false, errors);
        ReviewSpecValidation.ThrowIfAny(errors);
        return review with { Status = await AnswerAsync(user, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes) };
    }

    private async ValueTask<SubjectAccessReviewStatus> AnswerAsync(UserInfo user, ResourceAttributes? resource, NonResourceAttributes? nonResource)
    {
        var reviewed = ReviewedAttributes.Of(user, resource, nonResource);
        var decision = await authorizer.AuthorizeAsync(reviewed.Attributes);
        return new SubjectAccessReviewStatus
        {
            Allowed = decision.Verdict == Verdict.Allow,
            Denied = decision.Verdict == Verdict.Deny,
            Reason = decision.Reason,
            EvaluationError = (reviewed.Error, decision.EvaluationError) switch
            {
                ("", var error) => error,
                (var error, "") => error,
                var (first, second) => $"[{first}, {second}]",
            },
        };
    }

    private static UserInfo UserOf(SubjectAccessReviewSpec spec) => new(spec.User)
    {
        Uid = spec.Uid,
        Groups = spec.Groups,
        // Keys of extra values are compared in lower case everywhere.
        Extra = ApiMap.FromPairs(spec.Extra.Select(static entry => KeyValuePair.Create(entry.Key.ToLowerInvariant(), entry.Value))),
    };
}
