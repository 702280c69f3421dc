using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A validating admission policy's binding as a row.</summary>
internal static class ValidatingAdmissionPolicyBindingTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("PolicyName", Description: "PolicyName indicates the policy definition which the policy binding binded to"),
        new("ParamRef", Description: "ParamRef indicates the param resource which sets the configration param"),
        Column.Age,
    ];

    /// <summary>Bindings of mutating policies look the same.</summary>
    public static IReadOnlyList<object?> Cells(ObjectMeta metadata, string policyName, ParamRef? paramRef, DateTimeOffset now) =>
    [
        metadata.Name,
        policyName,
        paramRef switch
        {
            null => "<unset>",
            { Namespace.Length: > 0 } reference => $"{reference.Namespace}/{reference.Name}",
            var reference => reference.Name,
        },
        TableText.Age(metadata.CreationTimestamp, now),
    ];
}
