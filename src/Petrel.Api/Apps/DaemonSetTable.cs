using Petrel.Api.Resources;

namespace Petrel.Api.Apps;

/// <summary>A daemon set as a row.</summary>
internal static class DaemonSetTable
{
    private const string MoreInfo = " More info: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Desired", "integer", Description: "The total number of nodes that should be running the daemon pod (including nodes correctly running the daemon pod)." + MoreInfo),
        new("Current", "integer", Description: "The number of nodes that are running at least 1 daemon pod and are supposed to run the daemon pod." + MoreInfo),
        new("Ready", "integer", Description: "numberReady is the number of nodes that should be running the daemon pod and have one or more of the daemon pod running with a Ready Condition."),
        new("Up-to-date", "integer", Description: "The total number of nodes that are running updated daemon pod"),
        new("Available", "integer", Description:
            "The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and available (ready for at least spec.minReadySeconds)"),
        new("Node Selector", Description:
            "NodeSelector is a selector which must be true for the pod to fit on a node. Selector which must match a node's labels for the pod to be scheduled on "
            + "that node. More info: https://kubernetes.io/docs/concepts/configuration/assign-pod-node/"),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        new("Selector", Priority: 1, Description:
            "A label query over pods that are managed by the daemon set. Must match in order to be controlled. It must match the pod template's labels. More info: "
            + "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors"),
    ];

    public static IReadOnlyList<object?> Cells(DaemonSet set, DateTimeOffset now)
    {
        var pod = set.Spec.Template.Spec;
        return
        [
            set.Metadata.Name,
            (long)set.Status.DesiredNumberScheduled,
            (long)set.Status.CurrentNumberScheduled,
            (long)set.Status.NumberReady,
            (long)set.Status.UpdatedNumberScheduled,
            (long)set.Status.NumberAvailable,
            TableText.Labels(pod.NodeSelector),
            TableText.Age(set.Metadata.CreationTimestamp, now),
            string.Join(",", pod.Containers.Select(static container => container.Name)),
            string.Join(",", pod.Containers.Select(static container => container.Image)),
            TableText.Selector(set.Spec.Selector),
        ];
    }
}
