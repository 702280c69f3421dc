using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>
/// The roles meant to be given to people. Those for namespaces are gathered from the roles that are labelled for them,
/// also ones that come with custom resources.
/// </summary>
internal static class UserFacingRoles
{
    public static IReadOnlyList<ClusterRole> List { get; } =
    [
        ClusterRole("cluster-admin",
            Allow("*", "*", "*"),
            AllowPaths("*", "*")),
        Aggregated("admin"),
        Aggregated("edit", into: "admin"),
        Aggregated("view", into: "edit"),
        AggregatedInto("system:aggregate-to-admin", "admin",
            Allow("create", "authorization.k8s.io", "localsubjectaccessreviews"),
            Allow(All, "rbac.authorization.k8s.io", "rolebindings roles")),
        AggregatedInto("system:aggregate-to-edit", "edit",
            Allow(Read, "core", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
            Allow("impersonate", "core", "serviceaccounts"),
            Allow(Write, "core", "pods pods/attach pods/exec pods/portforward pods/proxy"),
            Allow("create", "core", "pods/eviction"),
            Allow(Write, "core", "configmaps endpoints events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy"),
            Allow("create", "core", "serviceaccounts/token"),
            Allow(Write, "apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale"),
            Allow(Write, "autoscaling", "horizontalpodautoscalers"),
            Allow(Write, "batch", "cronjobs jobs"),
            Allow(Write, "extensions", "daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale"),
            Allow(Write, "policy", "poddisruptionbudgets"),
            Allow(Write, "networking.k8s.io", "ingresses networkpolicies"),
            Allow(All, "coordination.k8s.io", "leases")),
        AggregatedInto("system:aggregate-to-view", "view",
            Allow(Read, "core", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status"),
            Allow(Read, "core", "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status"),
            Allow(Read, "core", "namespaces"),
            Allow(Read, "discovery.k8s.io", "endpointslices"),
            Allow(Read, "apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status"),
            Allow(Read, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
            Allow(Read, "batch", "cronjobs cronjobs/status jobs jobs/status"),
            Allow(Read, "extensions", "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale"),
            Allow(Read, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
            Allow(Read, "networking.k8s.io", "ingresses ingresses/status networkpolicies")),
    ];
}
