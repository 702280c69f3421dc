using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Something that a policy notes in the audit log about a request.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.AuditAnnotation")]
public sealed partial record AuditAnnotation
{
    /// <summary>Key of the annotation; the log shows it behind the policy's name and a slash.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>CEL that gives the value, or null for no annotation.</summary>
    [Field(2, Required = true, Always = true)]
    public string ValueExpression { get; init; } = "";
}
