using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReview")]
public sealed partial record SelfSubjectRulesReview : ApiObject, IResource<SelfSubjectRulesReview>
{
    public static ResourceInfo Info { get; } = new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Required = true, Always = true)]
    public SelfSubjectRulesReviewSpec Spec { get; init; } = SelfSubjectRulesReviewSpec.Empty;

    [Field(3, Always = true)]
    public SubjectRulesReviewStatus Status { get; init; } = SubjectRulesReviewStatus.Empty;
}

[ApiType("io.k8s.api.authorization.v1.NonResourceRule")]
public sealed partial record NonResourceRule
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Verbs { get; init; }

    [Field(2, ListType = "atomic")]
    public ApiList<string> NonResourceURLs { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.ResourceRule")]
public sealed partial record ResourceRule
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Verbs { get; init; }

    [Field(2, ListType = "atomic")]
    public ApiList<string> ApiGroups { get; init; }

    [Field(3, ListType = "atomic")]
    public ApiList<string> Resources { get; init; }

    [Field(4, ListType = "atomic")]
    public ApiList<string> ResourceNames { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec")]
public sealed partial record SelfSubjectRulesReviewSpec
{
    [Field(1)]
    public string Namespace { get; init; } = "";
}

[ApiType("io.k8s.api.authorization.v1.SubjectRulesReviewStatus")]
public sealed partial record SubjectRulesReviewStatus
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<ResourceRule> ResourceRules { get; init; }

    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<NonResourceRule> NonResourceRules { get; init; }

    [Field(3, Required = true, Always = true)]
    public bool Incomplete { get; init; }

    [Field(4)]
    public string EvaluationError { get; init; } = "";
}
