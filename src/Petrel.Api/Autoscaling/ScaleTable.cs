using Petrel.Api.Resources;

namespace Petrel.Api.Autoscaling;

/// <summary>A scale as a row.</summary>
internal static class ScaleTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName with { Format = "" },
        new("Desired", "integer", Description: "replicas is the desired number of instances for the scaled object."),
        new("Available", "integer", Description: "replicas is the actual number of observed instances of the scaled object."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Scale scale, DateTimeOffset now) =>
        [scale.Metadata.Name, (long)scale.Spec.Replicas, (long)scale.Status.Replicas, TableText.Age(scale.Metadata.CreationTimestamp, now)];
}
