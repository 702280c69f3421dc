using Petrel.Api;
using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>Roles of nodes and of what runs on each of them.</summary>
internal static class NodeRoles
{
    /// <summary>What every node's agent may do; for much of it, the node authorizer looks closer at which objects.</summary>
    public static ApiList<PolicyRule> NodeRules { get; } =
    [
        Allow("create", "authentication.k8s.io", "tokenreviews"),
        Allow("create", "authorization.k8s.io", "localsubjectaccessreviews subjectaccessreviews"),
        Allow(Read, "core", "services"),
        Allow("create get list watch", "core", "nodes"),
        Allow("patch update", "core", "nodes/status"),
        Allow("patch update", "core", "nodes"),
        Allow("create patch update", "core", "events"),
        Allow(Read, "core", "pods"),
        Allow("create delete", "core", "pods"),
        Allow("patch update", "core", "pods/status"),
        Allow("create", "core", "pods/eviction"),
        Allow(Read, "core", "configmaps secrets"),
        Allow("get", "core", "persistentvolumeclaims persistentvolumes"),
        Allow("get", "core", "endpoints"),
        Allow("create get list watch", "certificates.k8s.io", "certificatesigningrequests"),
        Allow("create delete get patch update", "coordination.k8s.io", "leases"),
        Allow("get", "storage.k8s.io", "volumeattachments"),
        Allow("create", "core", "serviceaccounts/token"),
        Allow("get patch update", "core", "persistentvolumeclaims/status"),
        Allow(Read, "storage.k8s.io", "csidrivers"),
        Allow("create delete get patch update", "storage.k8s.io", "csinodes"),
        Allow(Read, "node.k8s.io", "runtimeclasses"),
    ];

    public static IReadOnlyList<ClusterRole> List { get; } =
    [
        ClusterRole("system:node", [.. NodeRules]),
        ClusterRole("system:node-bootstrapper",
            Allow("create get list watch", "certificates.k8s.io", "certificatesigningrequests")),
        ClusterRole("system:node-problem-detector",
            Allow("get", "core", "nodes"),
            Allow("patch", "core", "nodes/status"),
            Events),
        ClusterRole("system:node-proxier",
            Allow("list watch", "core", "endpoints services"),
            Allow(Read, "core", "nodes"),
            Events,
            Allow("list watch", "discovery.k8s.io", "endpointslices"),
            Allow("list watch", "networking.k8s.io", "servicecidrs")),
    ];
}
