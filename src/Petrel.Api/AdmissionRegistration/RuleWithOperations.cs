using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Requests that a webhook wants to see: operations on resources.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.RuleWithOperations")]
public sealed partial record RuleWithOperations : IRequestRule
{
    /// <summary>Operations: CREATE, UPDATE, DELETE, CONNECT, or * for all.</summary>
    [Field(1, ListType = "atomic", Enum = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])]
    public ApiList<string> Operations { get; init; }

    /// <summary>API groups, or * for all.</summary>
    [Field(1, Inside = 2, ListType = "atomic")]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>API versions, or * for all.</summary>
    [Field(2, Inside = 2, ListType = "atomic")]
    public ApiList<string> ApiVersions { get; init; }

    /// <summary>Resources and subresources: pods, pods/log, */scale, pods/*; * is all resources without, */* with their subresources.</summary>
    [Field(3, Inside = 2, ListType = "atomic")]
    public ApiList<string> Resources { get; init; }

    /// <summary>Cluster, Namespaced or * for both.</summary>
    [Field(4, Inside = 2)]
    public string? Scope { get; init; }

    internal RuleWithOperations WithDefaults() => this with { Scope = Scope ?? RequestRuleValidation.AllScopes };

    internal void Validate(FieldPath path, FieldErrors errors) => RequestRuleValidation.Validate(this, path, errors);
}
