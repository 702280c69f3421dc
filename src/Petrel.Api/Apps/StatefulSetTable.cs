using Petrel.Api.Resources;

namespace Petrel.Api.Apps;

/// <summary>A stateful set as a row.</summary>
internal static class StatefulSetTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Ready", Description: "Number of the pod with ready state"),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
    ];

    public static IReadOnlyList<object?> Cells(StatefulSet set, DateTimeOffset now)
    {
        var containers = set.Spec.Template.Spec.Containers;
        return
        [
            set.Metadata.Name,
            $"{set.Status.ReadyReplicas}/{set.Spec.Replicas ?? 0}",
            TableText.Age(set.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
        ];
    }
}
