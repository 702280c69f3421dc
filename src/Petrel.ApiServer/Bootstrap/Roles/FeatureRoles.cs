using Petrel.Api;
using Petrel.Api.Features;
using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>What features that are off by default add to the roles.</summary>
internal static class FeatureRoles
{
    private static readonly ApiList<PolicyRule> NodeDevices =
    [
        Allow("get", "resource.k8s.io", "resourceclaims"),
        Allow("deletecollection", "resource.k8s.io", "resourceslices"),
    ];

    private static readonly ApiList<PolicyRule> NodeTrust = [Allow(Read, "certificates.k8s.io", "clustertrustbundles")];

    private static readonly ApiList<PolicyRule> SchedulerDevices =
    [
        Allow(Read, "resource.k8s.io", "deviceclasses"),
        Allow("get list patch update watch", "resource.k8s.io", "resourceclaims"),
        Allow("get list patch update watch", "resource.k8s.io", "resourceclaims/status"),
        Allow("update", "core", "pods/finalizers"),
        Allow(Read, "resource.k8s.io", "resourceslices"),
    ];

    private static readonly ApiList<PolicyRule> SchedulerTaints = [Allow(Read, "resource.k8s.io", "devicetaintrules")];

    private static readonly ClusterRole ClaimController = ForController("resource-claim-controller",
        Allow(Read, "core", "pods"),
        Allow("update", "core", "pods/finalizers"),
        Allow("create delete get list watch", "resource.k8s.io", "resourceclaims"),
        Allow("patch update", "resource.k8s.io", "resourceclaims resourceclaims/status"),
        Allow("patch update", "core", "pods/status"),
        Events);

    private static readonly ClusterRole TaintController = ForController("device-taint-eviction-controller",
        Allow("delete get list watch", "core", "pods"),
        Allow("patch update", "core", "pods/status"),
        Allow(Read, "resource.k8s.io", "resourceclaims"),
        Allow(Read, "resource.k8s.io", "resourceslices"),
        Allow(Read, "resource.k8s.io", "devicetaintrules"),
        Allow(Read, "resource.k8s.io", "deviceclasses"),
        Events);

    /// <summary>What a node's agent may do besides.</summary>
    public static ApiList<PolicyRule> NodeRules(FeatureGates features) =>
    [
        .. features.IsEnabled(KnownFeatures.DynamicResourceAllocation) ? NodeDevices : default,
        .. features.IsEnabled(KnownFeatures.ClusterTrustBundle) ? NodeTrust : default,
    ];

    /// <summary>Roles of controllers that there are only with a feature.</summary>
    public static IReadOnlyList<ClusterRole> Controllers(FeatureGates features)
    {
        var hasDevices = features.IsEnabled(KnownFeatures.DynamicResourceAllocation);
        return
        [
            .. hasDevices ? (ClusterRole[])[ClaimController] : [],
            .. hasDevices && features.IsEnabled(KnownFeatures.DRADeviceTaints) ? (ClusterRole[])[TaintController] : [],
        ];
    }

    /// <summary>All cluster roles of a cluster with the features.</summary>
    public static IReadOnlyList<ClusterRole> Extend(IReadOnlyList<ClusterRole> roles, FeatureGates features) =>
    [
        .. roles.Select(role => role.Metadata.Name switch
        {
            "system:node" => role with { Rules = role.Rules.AddRange(NodeRules(features)) },
            "system:kube-scheduler" => role with { Rules = role.Rules.AddRange(SchedulerRules(features)) },
            _ => role,
        }),
        .. Controllers(features),
    ];

    private static ApiList<PolicyRule> SchedulerRules(FeatureGates features) => !features.IsEnabled(KnownFeatures.DynamicResourceAllocation) ? default
        : features.IsEnabled(KnownFeatures.DRADeviceTaints) ? SchedulerDevices.AddRange(SchedulerTaints) : SchedulerDevices;
}
