using Petrel.Api.Resources;

namespace Petrel.Api.Apps;

/// <summary>A deployment as a row.</summary>
internal static class DeploymentTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Ready", Description: "Number of the pod with ready state"),
        new("Up-to-date", Description: "Total number of non-terminating pods targeted by this deployment that have the desired template spec."),
        new("Available", Description: "Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by this deployment."),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        new("Selector", Priority: 1, Description: "Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment."),
    ];

    public static IReadOnlyList<object?> Cells(Deployment deployment, DateTimeOffset now)
    {
        var containers = deployment.Spec.Template.Spec.Containers;
        return
        [
            deployment.Metadata.Name,
            $"{deployment.Status.ReadyReplicas}/{deployment.Spec.Replicas ?? 0}",
            (long)deployment.Status.UpdatedReplicas,
            (long)deployment.Status.AvailableReplicas,
            TableText.Age(deployment.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Selector(deployment.Spec.Selector),
        ];
    }
}
