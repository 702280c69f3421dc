using Petrel.Api.Resources;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A validating admission policy as a row.</summary>
internal static class ValidatingAdmissionPolicyTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Validations", "integer", Description: "Validations indicates the number of validation rules defined in this configuration"),
        new("ParamKind", Description: "ParamKind specifies the kind of resources used to parameterize this policy"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ValidatingAdmissionPolicy policy, DateTimeOffset now) =>
    [
        policy.Metadata.Name,
        policy.Spec.Validations.Count,
        policy.Spec.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : "<unset>",
        TableText.Age(policy.Metadata.CreationTimestamp, now),
    ];
}
