using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A namespace as a row.</summary>
internal static class NamespaceTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Status", Description: "The status of the namespace"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Namespace value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Status.Phase, TableText.Age(value.Metadata.CreationTimestamp, now)];
}
