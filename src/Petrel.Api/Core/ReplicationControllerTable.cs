using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A replication controller as a row.</summary>
internal static class ReplicationControllerTable
{
    private const string Guide = "More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-is-a-replicationcontroller";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Desired", "integer", Description:
            "Replicas is the number of desired replicas. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. " + Guide),
        new("Current", "integer", Description: "Replicas is the most recently observed number of replicas. " + Guide),
        new("Ready", "integer", Description: "The number of ready replicas for this replication controller."),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        new("Selector", Priority: 1, Description:
            "Selector is a label query over pods that should match the Replicas count. If Selector is empty, it is defaulted to the labels present on the Pod "
            + "template. Label keys and values that must match in order to be controlled by this replication controller, if empty defaulted to labels on Pod template. "
            + "More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors"),
    ];

    public static IReadOnlyList<object?> Cells(ReplicationController controller, DateTimeOffset now)
    {
        var containers = controller.Spec.Template?.Spec.Containers ?? default;
        return
        [
            controller.Metadata.Name,
            (long)(controller.Spec.Replicas ?? 0),
            (long)controller.Status.Replicas,
            (long)controller.Status.ReadyReplicas,
            TableText.Age(controller.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Labels(controller.Spec.Selector),
        ];
    }
}
