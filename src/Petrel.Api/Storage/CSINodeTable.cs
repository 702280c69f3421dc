using Petrel.Api.Resources;

namespace Petrel.Api.Storage;

/// <summary>The CSI drivers of a node as a row.</summary>
internal static class CSINodeTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Drivers", "integer", Description: "Drivers indicates the number of CSI drivers registered on the node"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(CSINode node, DateTimeOffset now) =>
        [node.Metadata.Name, (long)node.Spec.Drivers.Count, TableText.Age(node.Metadata.CreationTimestamp, now)];
}
