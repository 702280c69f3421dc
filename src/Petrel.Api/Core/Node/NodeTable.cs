using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A node as a row.</summary>
internal static class NodeTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Status", Description: "The status of the node"),
        new("Roles", Description: "The roles of the node"),
        Column.Age,
        new("Version", Description: "Kubelet Version reported by the node."),
        new("Internal-IP", Priority: 1, Description:
            "List of addresses reachable to the node. Queried from cloud provider, if available. More info: "
            + "https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is declared as mergeable, but the merge key is not sufficiently "
            + "unique, which can cause data corruption when it is merged. Callers should instead use a full-replacement patch. See https://pr.k8s.io/79391 for an "
            + "example. Consumers should assume that addresses can change during the lifetime of a Node. However, there are some exceptions where this may not be "
            + "possible, such as Pods that inherit a Node's address in its own status or consumers of the downward API (status.hostIP)."),
        new("External-IP", Priority: 1, Description:
            "List of addresses reachable to the node. Queried from cloud provider, if available. More info: "
            + "https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is declared as mergeable, but the merge key is not sufficiently "
            + "unique, which can cause data corruption when it is merged. Callers should instead use a full-replacement patch. See https://pr.k8s.io/79391 for an "
            + "example. Consumers should assume that addresses can change during the lifetime of a Node. However, there are some exceptions where this may not be "
            + "possible, such as Pods that inherit a Node's address in its own status or consumers of the downward API (status.hostIP)."),
        new("OS-Image", Priority: 1, Description: "OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy))."),
        new("Kernel-Version", Priority: 1, Description: "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64)."),
        new("Container-Runtime", Priority: 1, Description: "ContainerRuntime Version reported by the node through runtime remote API (e.g. containerd://1.4.2)."),
    ];

    private const string RoleLabelPrefix = "node-role.kubernetes.io/";

    private const string RoleLabel = "kubernetes.io/role";

    public static IReadOnlyList<object?> Cells(Node node, DateTimeOffset now)
    {
        var info = node.Status.NodeInfo;
        return
        [
            node.Metadata.Name,
            Status(node),
            Roles(node.Metadata.Labels),
            TableText.Age(node.Metadata.CreationTimestamp, now),
            info.KubeletVersion,
            Address(node, "InternalIP"),
            Address(node, "ExternalIP"),
            TableText.OrUnknown(info.OsImage),
            TableText.OrUnknown(info.KernelVersion),
            TableText.OrUnknown(info.ContainerRuntimeVersion),
        ];
    }

    private static string Status(Node node)
    {
        var ready = node.Status.Conditions.LastOrDefault(static condition => condition.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? status + ",SchedulingDisabled" : status;
    }

    private static string Roles(ApiMap<string> labels)
    {
        var roles = labels.Where(static label => label.Key.StartsWith(RoleLabelPrefix, StringComparison.Ordinal)).Select(static label => label.Key[RoleLabelPrefix.Length..])
            .Append(labels.GetValueOrDefault(RoleLabel) ?? "");
        return TableText.OrNone(string.Join(",", roles.Where(static role => role.Length != 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    private static string Address(Node node, string type) =>
        TableText.OrNone(node.Status.Addresses.FirstOrDefault(address => address.Type == type)?.Address ?? "");
}
