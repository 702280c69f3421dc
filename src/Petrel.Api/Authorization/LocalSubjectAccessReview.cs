using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authorization;

/// <summary>Asks whether a user may do something in a namespace.</summary>
[ApiType("io.k8s.api.authorization.v1.LocalSubjectAccessReview")]
public sealed partial record LocalSubjectAccessReview : ApiObject, IResource<LocalSubjectAccessReview>, IValidated
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews")
    {
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The question; its namespace must be that of the request.</summary>
    [Field(2, Required = true, Always = true)]
    public SubjectAccessReviewSpec Spec { get; init; } = SubjectAccessReviewSpec.Empty;

    /// <summary>The answer.</summary>
    [Field(3, Always = true)]
    public SubjectAccessReviewStatus Status { get; init; } = SubjectAccessReviewStatus.Empty;

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        Spec.Validate(path, errors);
        ReviewValidation.ValidateMetadata(Metadata with { Namespace = "" }, "must be empty except for namespace", errors);
        if (Spec.ResourceAttributes is { } attributes && attributes.Namespace != Metadata.Namespace)
        {
            errors.Invalid(path.Child("resourceAttributes", "namespace"), attributes.Namespace, "must match metadata.namespace");
        }

        if (Spec.NonResourceAttributes is not null)
        {
            errors.Invalid(path.Child("nonResourceAttributes"), ReviewValidation.GoText(Spec.NonResourceAttributes), "disallowed on this kind of request");
        }
    }
}
