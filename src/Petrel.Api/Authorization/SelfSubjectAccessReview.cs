using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authorization;

/// <summary>Asks whether one may do something oneself.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReview")]
public sealed partial record SelfSubjectAccessReview : ApiObject, IResource<SelfSubjectAccessReview>, IValidated
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The question.</summary>
    [Field(2, Required = true, Always = true)]
    public SelfSubjectAccessReviewSpec Spec { get; init; } = SelfSubjectAccessReviewSpec.Empty;

    /// <summary>The answer.</summary>
    [Field(3, Always = true)]
    public SubjectAccessReviewStatus Status { get; init; } = SubjectAccessReviewStatus.Empty;

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ReviewValidation.ValidateAttributes(Spec.ResourceAttributes, Spec.NonResourceAttributes, FieldPath.Root.Child("spec"), errors);
        ReviewValidation.ValidateMetadata(Metadata, "must be empty", errors);
    }
}

[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec")]
public sealed partial record SelfSubjectAccessReviewSpec
{
    /// <summary>A request for a resource; instead of nonResourceAttributes.</summary>
    [Field(1)]
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>A request for another path; instead of resourceAttributes.</summary>
    [Field(2)]
    public NonResourceAttributes? NonResourceAttributes { get; init; }
}
