using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authentication;

/// <summary>Tells the user who the server takes him for.</summary>
[ApiType("io.k8s.api.authentication.v1.SelfSubjectReview")]
public sealed partial record SelfSubjectReview : ApiObject, IResource<SelfSubjectReview>
{
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The answer.</summary>
    [Field(2, Always = true)]
    public SelfSubjectReviewStatus Status { get; init; } = SelfSubjectReviewStatus.Empty;
}

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReviewStatus")]
public sealed partial record SelfSubjectReviewStatus
{
    /// <summary>Who made the request.</summary>
    [Field(1, Always = true)]
    public UserInfo UserInfo { get; init; } = UserInfo.Empty;
}
