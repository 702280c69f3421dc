using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReview")]
public sealed partial record SubjectAccessReview : ApiObject, IResource<SubjectAccessReview>, IValidated
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Required = true, Always = true)]
    public SubjectAccessReviewSpec Spec { get; init; } = SubjectAccessReviewSpec.Empty;

    [Field(3, Always = true)]
    public SubjectAccessReviewStatus Status { get; init; } = SubjectAccessReviewStatus.Empty;

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        ReviewValidation.ValidateMetadata(Metadata, "must be empty", errors);
    }
}

[ApiType("io.k8s.api.authorization.v1.FieldSelectorAttributes")]
public sealed partial record FieldSelectorAttributes
{
    [Field(1)]
    public string RawSelector { get; init; } = "";

    [Field(2, ListType = "atomic")]
    public ApiList<FieldSelectorRequirement> Requirements { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.LabelSelectorAttributes")]
public sealed partial record LabelSelectorAttributes
{
    [Field(1)]
    public string RawSelector { get; init; } = "";

    [Field(2, ListType = "atomic")]
    public ApiList<LabelSelectorRequirement> Requirements { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.NonResourceAttributes")]
public sealed partial record NonResourceAttributes
{
    [Field(1)]
    public string Path { get; init; } = "";

    [Field(2)]
    public string Verb { get; init; } = "";
}

[ApiType("io.k8s.api.authorization.v1.ResourceAttributes")]
public sealed partial record ResourceAttributes
{
    [Field(1)]
    public string Namespace { get; init; } = "";

    [Field(2)]
    public string Verb { get; init; } = "";

    [Field(3)]
    public string Group { get; init; } = "";

    [Field(4)]
    public string Version { get; init; } = "";

    [Field(5)]
    public string Resource { get; init; } = "";

    [Field(6)]
    public string Subresource { get; init; } = "";

    [Field(7)]
    public string Name { get; init; } = "";

    [Field(8)]
    public FieldSelectorAttributes? FieldSelector { get; init; }

    [Field(9)]
    public LabelSelectorAttributes? LabelSelector { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewSpec")]
public sealed partial record SubjectAccessReviewSpec
{
    [Field(1)]
    public ResourceAttributes? ResourceAttributes { get; init; }

    [Field(2)]
    public NonResourceAttributes? NonResourceAttributes { get; init; }

    [Field(3)]
    public string User { get; init; } = "";

    [Field(4, ListType = "atomic")]
    public ApiList<string> Groups { get; init; }

    [Field(5)]
    public ApiMap<ApiList<string>> Extra { get; init; }

    [Field(6)]
    public string Uid { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        ReviewValidation.ValidateAttributes(ResourceAttributes, NonResourceAttributes, path, errors);
        if (User.Length == 0 && Groups.IsEmpty)
        {
            errors.Invalid(path.Child("user"), User, "at least one of user or group must be specified");
        }
    }
}

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewStatus")]
public sealed partial record SubjectAccessReviewStatus
{
    [Field(1, Required = true, Always = true)]
    public bool Allowed { get; init; }

    [Field(4)]
    public bool Denied { get; init; }

    [Field(2)]
    public string Reason { get; init; } = "";

    [Field(3)]
    public string EvaluationError { get; init; } = "";
}
