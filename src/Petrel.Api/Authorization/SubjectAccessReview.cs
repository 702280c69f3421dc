using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authorization;

/// <summary>Asks whether a user may do something.</summary>
[ApiType("io.k8s.api.authorization.v1.SubjectAccessReview")]
public sealed partial record SubjectAccessReview : ApiObject, IResource<SubjectAccessReview>, IValidated
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The question.</summary>
    [Field(2, Required = true, Always = true)]
    public SubjectAccessReviewSpec Spec { get; init; } = SubjectAccessReviewSpec.Empty;

    /// <summary>The answer.</summary>
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
    /// <summary>The selector as a query parameter; instead of requirements.</summary>
    [Field(1)]
    public string RawSelector { get; init; } = "";

    /// <summary>The selector's parts, all of which must hold.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<FieldSelectorRequirement> Requirements { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.LabelSelectorAttributes")]
public sealed partial record LabelSelectorAttributes
{
    /// <summary>The selector as a query parameter; instead of requirements.</summary>
    [Field(1)]
    public string RawSelector { get; init; } = "";

    /// <summary>The selector's parts, all of which must hold.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<LabelSelectorRequirement> Requirements { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.NonResourceAttributes")]
public sealed partial record NonResourceAttributes
{
    /// <summary>The path.</summary>
    [Field(1)]
    public string Path { get; init; } = "";

    /// <summary>HTTP method in lower case.</summary>
    [Field(2)]
    public string Verb { get; init; } = "";
}

[ApiType("io.k8s.api.authorization.v1.ResourceAttributes")]
public sealed partial record ResourceAttributes
{
    /// <summary>Namespace of the request; empty for cluster-wide resources and for lists over all namespaces.</summary>
    [Field(1)]
    public string Namespace { get; init; } = "";

    /// <summary>API verb such as get, list or create; * for all.</summary>
    [Field(2)]
    public string Verb { get; init; } = "";

    /// <summary>Group of the resource; * for all.</summary>
    [Field(3)]
    public string Group { get; init; } = "";

    /// <summary>Version of the resource; * for all.</summary>
    [Field(4)]
    public string Version { get; init; } = "";

    /// <summary>The resource, e.g. pods; * for all.</summary>
    [Field(5)]
    public string Resource { get; init; } = "";

    /// <summary>The subresource, e.g. log; empty for none.</summary>
    [Field(6)]
    public string Subresource { get; init; } = "";

    /// <summary>Name of the object; empty for all.</summary>
    [Field(7)]
    public string Name { get; init; } = "";

    /// <summary>The request is limited to objects with such fields.</summary>
    [Field(8)]
    public FieldSelectorAttributes? FieldSelector { get; init; }

    /// <summary>The request is limited to objects with such labels.</summary>
    [Field(9)]
    public LabelSelectorAttributes? LabelSelector { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewSpec")]
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
    [Field(4, ListType = "atomic")]
    public ApiList<string> Groups { get; init; }

    /// <summary>What else is known of the user.</summary>
    [Field(5)]
    public ApiMap<ApiList<string>> Extra { get; init; }

    /// <summary>Identity of the user.</summary>
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
    /// <summary>The request is allowed.</summary>
    [Field(1, Required = true, Always = true)]
    public bool Allowed { get; init; }

    /// <summary>The request is expressly denied; without this and allowed nobody has an opinion.</summary>
    [Field(4)]
    public bool Denied { get; init; }

    /// <summary>Why.</summary>
    [Field(2)]
    public string Reason { get; init; } = "";

    /// <summary>What went wrong while deciding.</summary>
    [Field(3)]
    public string EvaluationError { get; init; } = "";
}
