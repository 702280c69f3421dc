using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>Roles inside the system's own namespaces.</summary>
internal static class NamespaceRoles
{
    public static IReadOnlyList<Role> List { get; } =
    [
        Role("kube-public", "system:controller:bootstrap-signer",
            Allow(Read, "core", "configmaps"),
            Allow("update", "core", "configmaps", names: "cluster-info"),
            Events),
        Role("kube-system", "extension-apiserver-authentication-reader",
            Allow(Read, "core", "configmaps", names: "extension-apiserver-authentication")),
        Role("kube-system", "system::leader-locking-kube-controller-manager",
            Allow("watch", "core", "configmaps"),
            Allow("get update", "core", "configmaps", names: "kube-controller-manager"),
            Allow("create get list update watch", "coordination.k8s.io", "leases"),
            Allow("create get list update watch", "coordination.k8s.io", "leasecandidates")),
        Role("kube-system", "system::leader-locking-kube-scheduler",
            Allow("watch", "core", "configmaps"),
            Allow("get update", "core", "configmaps", names: "kube-scheduler"),
            Allow("create get list update watch", "coordination.k8s.io", "leases"),
            Allow("create get list update watch", "coordination.k8s.io", "leasecandidates")),
        Role("kube-system", "system:controller:bootstrap-signer",
            Allow(Read, "core", "secrets")),
        Role("kube-system", "system:controller:cloud-provider",
            Allow("create get list watch", "core", "configmaps")),
        Role("kube-system", "system:controller:token-cleaner",
            Allow("delete get list watch", "core", "secrets"),
            Events),
    ];
}
