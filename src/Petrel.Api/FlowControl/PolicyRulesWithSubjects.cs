using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>Matches a request when one of the subjects and one of the rules does.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects")]
public sealed partial record PolicyRulesWithSubjects
{
    /// <summary>Who asks; at least one.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<Subject> Subjects { get; init; }

    /// <summary>What is asked for by requests for resources. There must be a rule here or among nonResourceRules.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<ResourcePolicyRule> ResourceRules { get; init; }

    /// <summary>What is asked for by other requests.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<NonResourcePolicyRule> NonResourceRules { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Subjects.IsEmpty)
        {
            errors.Required(path.Child("subjects"), "subjects must contain at least one value");
        }

        for (var i = 0; i < Subjects.Count; i++)
        {
            Subjects[i].Validate(path.Child("subjects").Index(i), errors);
        }

        if (ResourceRules.IsEmpty && NonResourceRules.IsEmpty)
        {
            errors.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }

        for (var i = 0; i < ResourceRules.Count; i++)
        {
            ResourceRules[i].Validate(path.Child("resourceRules").Index(i), errors);
        }

        for (var i = 0; i < NonResourceRules.Count; i++)
        {
            NonResourceRules[i].Validate(path.Child("nonResourceRules").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.ResourcePolicyRule")]
public sealed partial record ResourcePolicyRule
{
    private const string NamespaceIntroduction = "each member of this list must be '*' or a DNS-1123 label; ";

    /// <summary>Verbs; * alone for all.</summary>
    [Field(1, Required = true, Always = true, ListType = "set")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>API groups; * alone for all.</summary>
    [Field(2, Required = true, Always = true, ListType = "set")]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>Resources in their plural, with a subresource as in nodes/status; * alone for all.</summary>
    [Field(3, Required = true, Always = true, ListType = "set")]
    public ApiList<string> Resources { get; init; }

    /// <summary>Requests without a namespace match, too.</summary>
    [Field(4)]
    public bool ClusterScope { get; init; }

    /// <summary>Namespaces; * alone for all of them, but not for requests without one. May be empty only when clusterScope is set.</summary>
    [Field(5, Always = true, ListType = "set")]
    public ApiList<string> Namespaces { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        RuleVerbs.Validate(Verbs, path.Child("verbs"), errors);
        RuleVerbs.ValidateAllOrSome(ApiGroups, path.Child("apiGroups"), "resource rules must supply at least one api group", "api groups", errors);
        RuleVerbs.ValidateAllOrSome(Resources, path.Child("resources"), "resource rules must supply at least one resource", "resources", errors);
        var namespaces = path.Child("namespaces");
        if (Namespaces.IsEmpty && !ClusterScope)
        {
            errors.Required(namespaces, "resource rules that are not cluster scoped must supply at least one namespace");
        }
        else if (Namespaces.Contains(RuleVerbs.All))
        {
            RuleVerbs.ValidateAllOrSome(Namespaces, namespaces, "", "namespaces", errors);
        }
        else
        {
            for (var i = 0; i < Namespaces.Count; i++)
            {
                errors.InvalidAll(namespaces.Index(i), Namespaces[i], NameFormats.DnsLabel(Namespaces[i]).Select(static problem => NamespaceIntroduction + problem));
            }
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.NonResourcePolicyRule")]
public sealed partial record NonResourcePolicyRule
{
    /// <summary>Verbs; * alone for all.</summary>
    [Field(1, Required = true, Always = true, ListType = "set")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Paths; one may end with /* to match everything below it, and * alone matches all.</summary>
    [Field(6, Required = true, Always = true, ListType = "set")]
    public ApiList<string> NonResourceURLs { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        RuleVerbs.Validate(Verbs, path.Child("verbs"), errors);
        var urls = path.Child("nonResourceURLs");
        RuleVerbs.ValidateAllOrSome(NonResourceURLs, urls, "nonResourceURLs must contain at least one value", "non-resource URLs", errors);
        if (NonResourceURLs.Contains(RuleVerbs.All))
        {
            return;
        }

        for (var i = 0; i < NonResourceURLs.Count; i++)
        {
            if (ProblemOf(NonResourceURLs[i]) is { } problem)
            {
                errors.Invalid(urls.Index(i), NonResourceURLs[i], problem);
            }
        }
    }

    private static string? ProblemOf(string url) => url switch
    {
        "" => "must not be empty",
        "/" => null,
        _ when url[0] != '/' => "must start with slash",
        _ when url.Contains(' ', StringComparison.Ordinal) => "must not contain white-space",
        _ when url.Contains("//", StringComparison.Ordinal) => "must not contain double slash",
        _ => url.Count(static letter => letter == '*') switch
        {
            0 => null,
            1 when url.EndsWith("/*", StringComparison.Ordinal) => null,
            _ => "wildcard can only do suffix matching",
        },
    };
}
