using Petrel.Api.Authorization;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>The question whether a user may do something in a namespace, as authorization.k8s.io/v1beta1 had it.</summary>
[ApiType("io.k8s.api.authorization.v1beta1.LocalSubjectAccessReview")]
public sealed partial record LocalSubjectAccessReview : ApiObject, IResource<LocalSubjectAccessReview>
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1beta1", "LocalSubjectAccessReview", "localsubjectaccessreviews");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public SubjectAccessReviewSpec Spec { get; init; } = SubjectAccessReviewSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public SubjectAccessReviewStatus Status { get; init; } = SubjectAccessReviewStatus.Empty;
}
