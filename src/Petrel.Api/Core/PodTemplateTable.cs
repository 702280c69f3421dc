using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A pod template as a row.</summary>
internal static class PodTemplateTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Containers", Description: "Names of each container in the template."),
        new("Images", Description: "Images referenced by each container in the template."),
        new("Pod Labels", Description: "The labels for the pod template."),
    ];

    public static IReadOnlyList<object?> Cells(PodTemplate template)
    {
        var containers = template.Template.Spec.Containers;
        return
        [
            template.Metadata.Name,
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Labels(template.Template.Metadata.Labels),
        ];
    }
}
