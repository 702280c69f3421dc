using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authorization;

/// <summary>Lists what one may do oneself in a namespace.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReview")]
public sealed partial record SelfSubjectRulesReview : ApiObject, IResource<SelfSubjectRulesReview>
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The question.</summary>
    [Field(2, Required = true, Always = true)]
    public SelfSubjectRulesReviewSpec Spec { get; init; } = SelfSubjectRulesReviewSpec.Empty;

    /// <summary>The answer.</summary>
    [Field(3, Always = true)]
    public SubjectRulesReviewStatus Status { get; init; } = SubjectRulesReviewStatus.Empty;
}

[ApiType("io.k8s.api.authorization.v1.NonResourceRule")]
public sealed partial record NonResourceRule
{
    /// <summary>HTTP methods in lower case; * for all.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Paths; * at the end stands for anything.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> NonResourceURLs { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.ResourceRule")]
public sealed partial record ResourceRule
{
    /// <summary>API verbs such as get or list; * for all.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Groups of the resources; * for all.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>Resources and RESOURCE/SUBRESOURCE; * for all.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Resources { get; init; }

    /// <summary>Only objects of these names; empty for any.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<string> ResourceNames { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec")]
public sealed partial record SelfSubjectRulesReviewSpec
{
    /// <summary>The namespace that is asked about.</summary>
    [Field(1)]
    public string Namespace { get; init; } = "";
}

[ApiType("io.k8s.api.authorization.v1.SubjectRulesReviewStatus")]
public sealed partial record SubjectRulesReviewStatus
{
    /// <summary>What is allowed with resources.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<ResourceRule> ResourceRules { get; init; }

    /// <summary>What is allowed with other paths.</summary>
    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<NonResourceRule> NonResourceRules { get; init; }

    /// <summary>More may be allowed than the list shows.</summary>
    [Field(3, Required = true, Always = true)]
    public bool Incomplete { get; init; }

    /// <summary>What went wrong while the list was made.</summary>
    [Field(4)]
    public string EvaluationError { get; init; } = "";
}
