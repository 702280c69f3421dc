using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Requests that a policy applies to: operations on resources, or on single objects of them.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", MapType = "atomic")]
public sealed partial record NamedRuleWithOperations : IRequestRule
{
    /// <summary>Names of the objects; all when there is none.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> ResourceNames { get; init; }

    /// <summary>Operations: CREATE, UPDATE, DELETE, CONNECT, or * for all.</summary>
    [Field(1, Inside = 2, ListType = "atomic", Enum = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])]
    public ApiList<string> Operations { get; init; }

    /// <summary>API groups, or * for all.</summary>
    [Field(1, Inside = 2, InsideInner = 2, ListType = "atomic")]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>API versions, or * for all.</summary>
    [Field(2, Inside = 2, InsideInner = 2, ListType = "atomic")]
    public ApiList<string> ApiVersions { get; init; }

    /// <summary>Resources and subresources: pods, pods/log, */scale, pods/*; * is all resources without, */* with their subresources.</summary>
    [Field(3, Inside = 2, InsideInner = 2, ListType = "atomic")]
    public ApiList<string> Resources { get; init; }

    /// <summary>Cluster, Namespaced or * for both.</summary>
    [Field(4, Inside = 2, InsideInner = 2)]
    public string? Scope { get; init; }

    internal NamedRuleWithOperations WithDefaults() => this with { Scope = Scope ?? RequestRuleValidation.AllScopes };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ResourceNames.Count; i++)
        {
            var (name, place) = (ResourceNames[i], path.Child("resourceNames").Index(i));
            errors.InvalidAll(place, name, NameRules.PathSegment(name, isPrefix: false));
            if (!seen.Add(name))
            {
                errors.Duplicate(place, name);
            }
        }

        RequestRuleValidation.Validate(this, path, errors);
    }
}
