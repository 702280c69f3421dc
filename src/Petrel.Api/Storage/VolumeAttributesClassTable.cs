using Petrel.Api.Resources;

namespace Petrel.Api.Storage;

/// <summary>A class of volume attributes as a row.</summary>
internal static class VolumeAttributesClassTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("DriverName", Description: "Name of the CSI driver This field is immutable."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(VolumeAttributesClass value, DateTimeOffset now) =>
        [value.Metadata.Name, value.DriverName, TableText.Age(value.Metadata.CreationTimestamp, now)];
}
