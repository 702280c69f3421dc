using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A config map as a row.</summary>
internal static class ConfigMapTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Data", Description:
            "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use "
            + "the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ConfigMap map, DateTimeOffset now) =>
        [map.Metadata.Name, (long)(map.Data.Count + map.BinaryData.Count), TableText.Age(map.Metadata.CreationTimestamp, now)];
}
