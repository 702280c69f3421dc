using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>To whom the bootstrap roles are given.</summary>
internal static class BootstrapBindings
{
    private const string ControllerManager = "system:kube-controller-manager";
    private const string Scheduler = "system:kube-scheduler";

    public static IReadOnlyList<ClusterRoleBinding> Cluster { get; } =
    [
        ClusterRoleBinding("cluster-admin", Group("system:masters")),
        ClusterRoleBinding("system:monitoring", Group("system:monitoring")),
        ClusterRoleBinding("system:discovery", Group("system:authenticated")),
        ClusterRoleBinding("system:basic-user", Group("system:authenticated")),
        ClusterRoleBinding("system:public-info-viewer", Group("system:authenticated"), Group("system:unauthenticated")),
        ClusterRoleBinding("system:node-proxier", User("system:kube-proxy")),
        ClusterRoleBinding("system:kube-controller-manager", User(ControllerManager)),
        ClusterRoleBinding("system:kube-dns", Account("kube-dns")),
        ClusterRoleBinding("system:kube-scheduler", User(Scheduler)),
        ClusterRoleBinding("system:volume-scheduler", User(Scheduler)),
        ClusterRoleBinding("system:service-account-issuer-discovery", Group("system:serviceaccounts")),
        // Nodes have the node authorizer instead; clusters without it can give the role to the group of nodes.
        ClusterRoleBinding("system:node"),
        .. ControllerRoles.List.Select(ForController),
    ];

    /// <summary>A controller's role is its service account's.</summary>
    public static ClusterRoleBinding ForController(ClusterRole role) => ClusterRoleBinding(role.Metadata.Name, Account(role.Metadata.Name["system:controller:".Length..]));

    public static IReadOnlyList<RoleBinding> Namespaced { get; } =
    [
        RoleBinding("kube-public", "system:controller:bootstrap-signer", "system:controller:bootstrap-signer", Account("bootstrap-signer")),
        RoleBinding("kube-system", "system:controller:bootstrap-signer", "system:controller:bootstrap-signer", Account("bootstrap-signer")),
        RoleBinding("kube-system", "system:controller:cloud-provider", "system:controller:cloud-provider", Account("cloud-provider")),
        RoleBinding("kube-system", "system:controller:token-cleaner", "system:controller:token-cleaner", Account("token-cleaner")),
        RoleBinding("kube-system", "system::leader-locking-kube-controller-manager", "system::leader-locking-kube-controller-manager",
            User(ControllerManager), Account("kube-controller-manager"), Account("leader-election-controller")),
        RoleBinding("kube-system", "system::leader-locking-kube-scheduler", "system::leader-locking-kube-scheduler",
            User(Scheduler), Account("kube-scheduler")),
        RoleBinding("kube-system", "system::extension-apiserver-authentication-reader", "extension-apiserver-authentication-reader",
            User(ControllerManager), User(Scheduler)),
    ];
}
