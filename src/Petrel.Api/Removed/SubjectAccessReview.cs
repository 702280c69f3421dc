using Petrel.Api.Authorization;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>The question whether a user may do something, as authorization.k8s.io/v1beta1 had it: its groups are called group.</summary>
[ApiType("io.k8s.api.authorization.v1beta1.SubjectAccessReview")]
public sealed partial record SubjectAccessReview : ApiObject, IResource<SubjectAccessReview>
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1beta1", "SubjectAccessReview", "subjectaccessreviews") { Namespaced = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public SubjectAccessReviewSpec Spec { get; init; } = SubjectAccessReviewSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public SubjectAccessReviewStatus Status { get; init; } = SubjectAccessReviewStatus.Empty;
}

[ApiType("io.k8s.api.authorization.v1beta1.SubjectAccessReviewSpec")]
public sealed partial record SubjectAccessReviewSpec
{
    /// <summary>A request for a resource; instead of nonResourceAttributes.</summary>
    [Field(1)]
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>A request for another path; instead of resourceAttributes.</summary>
    [Field(2)]
    public NonResourceAttributes? NonResourceAttributes { get; init; }

    /// <summary>Name of the user who is asked about.</summary>
    [Field(3)]
    public string User { get; init; } = "";

    /// <summary>Groups of the user who is asked about.</summary>
    [Field(4, Json = "group")]
    public ApiList<string> Groups { get; init; }

    /// <summary>What else is known of the user.</summary>
    [Field(5)]
    public ApiMap<ApiList<string>> Extra { get; init; }

    /// <summary>Identity of the user.</summary>
    [Field(6)]
    public string Uid { get; init; } = "";
}
