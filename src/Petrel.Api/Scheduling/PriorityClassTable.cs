using Petrel.Api.Resources;

namespace Petrel.Api.Scheduling;

/// <summary>A priority class as a row.</summary>
internal static class PriorityClassTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Value", "integer", Description:
            "value represents the integer value of this priority class. This is the actual priority that pods receive when they have the name of this class in their "
            + "pod spec."),
        new("Global-Default", "boolean", Description:
            "globalDefault specifies whether this PriorityClass should be considered as the default priority for pods that do not have any priority class. Only one "
            + "PriorityClass can be marked as `globalDefault`. However, if more than one PriorityClasses exists with their `globalDefault` field set to true, the "
            + "smallest value of such global default PriorityClasses will be used as the default priority."),
        Column.Age,
        new("PreemptionPolicy", Description:
            "preemptionPolicy is the Policy for preempting pods with lower priority. One of Never, PreemptLowerPriority. Defaults to PreemptLowerPriority if unset."),
    ];

    public static IReadOnlyList<object?> Cells(PriorityClass priority, DateTimeOffset now) =>
        [priority.Metadata.Name, (long)priority.Value, priority.GlobalDefault, TableText.Age(priority.Metadata.CreationTimestamp, now), priority.PreemptionPolicy ?? ""];
}
