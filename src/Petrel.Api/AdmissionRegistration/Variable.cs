using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A named expression that later expressions of the policy use as variables.NAME; evaluated when first needed.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.Variable", MapType = "atomic")]
public sealed partial record Variable
{
    /// <summary>A CEL identifier.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>CEL; may use the variables before it.</summary>
    [Field(2, Required = true, Always = true)]
    public string Expression { get; init; } = "";
}
