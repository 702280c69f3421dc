using Petrel.Api.Resources;

namespace Petrel.Api.Apps;

/// <summary>A replica set as a row.</summary>
internal static class ReplicaSetTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Desired", "integer", Description:
            "Replicas is the number of desired pods. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. More info: "
            + "https://kubernetes.io/docs/concepts/workloads/controllers/replicaset"),
        new("Current", "integer", Description: "Replicas is the most recently observed number of non-terminating pods. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset"),
        new("Ready", "integer", Description: "The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition."),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        new("Selector", Priority: 1, Description:
            "Selector is a label query over pods that should match the replica count. Label keys and values that must match in order to be controlled by this "
            + "replica set. It must match the pod template's labels. More info: "
            + "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors"),
    ];

    public static IReadOnlyList<object?> Cells(ReplicaSet set, DateTimeOffset now)
    {
        var containers = set.Spec.Template.Spec.Containers;
        return
        [
            set.Metadata.Name,
            (long)(set.Spec.Replicas ?? 0),
            (long)set.Status.Replicas,
            (long)set.Status.ReadyReplicas,
            TableText.Age(set.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Selector(set.Spec.Selector),
        ];
    }
}
