using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReview")]
public sealed partial record SelfSubjectReview : ApiObject, IResource<SelfSubjectReview>
{
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Always = true)]
    public SelfSubjectReviewStatus Status { get; init; } = SelfSubjectReviewStatus.Empty;
}

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReviewStatus")]
public sealed partial record SelfSubjectReviewStatus
{
    [Field(1, Always = true)]
    public UserInfo UserInfo { get; init; } = UserInfo.Empty;
}
