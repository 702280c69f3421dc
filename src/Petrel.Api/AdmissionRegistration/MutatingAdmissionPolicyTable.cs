using Petrel.Api.Resources;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A mutating admission policy as a row.</summary>
internal static class MutatingAdmissionPolicyTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Mutations", "integer", Description: "Mutation indicates the number of mutations rules defined in this configuration"),
        new("ParamKind", Description: "ParamKind specifies the kind of resources used to parameterize this policy"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(MutatingAdmissionPolicy policy, DateTimeOffset now) =>
    [
        policy.Metadata.Name,
        policy.Spec.Mutations.Count,
        policy.Spec.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : "<unset>",
        TableText.Age(policy.Metadata.CreationTimestamp, now),
    ];
}
