using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A condition that requests must meet.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.Validation")]
public sealed partial record Validation
{
    /// <summary>CEL over object, oldObject, request, params, namespaceObject, variables and authorizer that evaluates to bool.</summary>
    [Field(1, Required = true, Always = true)]
    public string Expression { get; init; } = "";

    /// <summary>What the client is told when the condition is not met; one line.</summary>
    [Field(2)]
    public string Message { get; init; } = "";

    /// <summary>Forbidden, Invalid (the default) or RequestEntityTooLarge: the reason of the refusal.</summary>
    [Field(3)]
    public string? Reason { get; init; }

    /// <summary>CEL that gives the message; takes precedence when it does.</summary>
    [Field(4)]
    public string MessageExpression { get; init; } = "";
}
