using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A condition on a request, written in CEL; the policy or webhook applies when all of its conditions hold.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MatchCondition")]
public sealed partial record MatchCondition
{
    /// <summary>A qualified name that tells the conditions of one list apart.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>CEL over object, oldObject, request and authorizer that evaluates to bool.</summary>
    [Field(2, Required = true, Always = true)]
    public string Expression { get; init; } = "";
}
