using Petrel.Api.Resources;

namespace Petrel.Api.Policy;

/// <summary>A disruption budget as a row.</summary>
internal static class PodDisruptionBudgetTable
{
    private const string NotSet = "N/A";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Min Available", Description: "The minimum number of pods that must be available."),
        new("Max Unavailable", Description: "The maximum number of pods that may be unavailable."),
        new("Allowed Disruptions", "integer", Description: "Calculated number of pods that may be disrupted at this time."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(PodDisruptionBudget budget, DateTimeOffset now) =>
    [
        budget.Metadata.Name,
        budget.Spec.MinAvailable?.ToString() ?? NotSet,
        budget.Spec.MaxUnavailable?.ToString() ?? NotSet,
        (long)budget.Status.DisruptionsAllowed,
        TableText.Age(budget.Metadata.CreationTimestamp, now),
    ];
}
