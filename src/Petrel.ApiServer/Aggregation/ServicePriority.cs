using System.Collections.Frozen;

namespace Petrel.ApiServer.Aggregation;

/// <summary>How much clients should prefer a group, and a version in it: the higher the number, the more.</summary>
/// <param name="Group">groupPriorityMinimum of its APIService.</param>
/// <param name="Version">versionPriority of its APIService.</param>
internal readonly record struct ServicePriority(int Group, int Version)
{
    /// <summary>What custom resources have, so that no definition gets before a group of Kubernetes.</summary>
    public static ServicePriority Custom { get; } = new(1000, 100);

    /// <summary>Those of Kubernetes' own group versions (kube-apiserver v1.33). The group of APIServices itself has none: it has no APIService.</summary>
    public static FrozenDictionary<(string Group, string Version), ServicePriority> BuiltIn { get; } = new Dictionary<(string, string), ServicePriority>
    {
        [("", "v1")] = new(18000, 1),
        [("apps", "v1")] = new(17800, 15),
        [("events.k8s.io", "v1")] = new(17750, 15),
        [("events.k8s.io", "v1beta1")] = new(17750, 5),
        [("authentication.k8s.io", "v1")] = new(17700, 15),
        [("authentication.k8s.io", "v1beta1")] = new(17700, 9),
        [("authentication.k8s.io", "v1alpha1")] = new(17700, 1),
        [("authorization.k8s.io", "v1")] = new(17600, 15),
        [("autoscaling", "v2")] = new(17500, 30),
        [("autoscaling", "v1")] = new(17500, 15),
        [("autoscaling", "v2beta1")] = new(17500, 9),
        [("autoscaling", "v2beta2")] = new(17500, 1),
        [("batch", "v1")] = new(17400, 15),
        [("batch", "v1beta1")] = new(17400, 9),
        [("batch", "v2alpha1")] = new(17400, 9),
        [("certificates.k8s.io", "v1")] = new(17300, 15),
        [("certificates.k8s.io", "v1beta1")] = new(17300, 9),
        [("certificates.k8s.io", "v1alpha1")] = new(17300, 1),
        [("networking.k8s.io", "v1")] = new(17200, 15),
        [("networking.k8s.io", "v1beta1")] = new(17200, 9),
        [("policy", "v1")] = new(17100, 15),
        [("policy", "v1beta1")] = new(17100, 9),
        [("rbac.authorization.k8s.io", "v1")] = new(17000, 15),
        [("settings.k8s.io", "v1alpha1")] = new(16900, 9),
        [("storage.k8s.io", "v1")] = new(16800, 15),
        [("storage.k8s.io", "v1beta1")] = new(16800, 9),
        [("storage.k8s.io", "v1alpha1")] = new(16800, 1),
        [("admissionregistration.k8s.io", "v1")] = new(16700, 15),
        [("admissionregistration.k8s.io", "v1beta1")] = new(16700, 12),
        [("admissionregistration.k8s.io", "v1alpha1")] = new(16700, 9),
        [("apiextensions.k8s.io", "v1")] = new(16700, 15),
        [("scheduling.k8s.io", "v1")] = new(16600, 15),
        [("coordination.k8s.io", "v1")] = new(16500, 15),
        [("coordination.k8s.io", "v1beta1")] = new(16500, 13),
        [("coordination.k8s.io", "v1alpha2")] = new(16500, 12),
        [("node.k8s.io", "v1")] = new(16300, 15),
        [("node.k8s.io", "v1beta1")] = new(16300, 9),
        [("node.k8s.io", "v1alpha1")] = new(16300, 1),
        [("discovery.k8s.io", "v1")] = new(16200, 15),
        [("discovery.k8s.io", "v1beta1")] = new(16200, 12),
        [("resource.k8s.io", "v1beta2")] = new(16200, 15),
        [("resource.k8s.io", "v1beta1")] = new(16200, 9),
        [("resource.k8s.io", "v1alpha3")] = new(16200, 1),
        [("flowcontrol.apiserver.k8s.io", "v1")] = new(16100, 21),
        [("flowcontrol.apiserver.k8s.io", "v1beta3")] = new(16100, 18),
        [("flowcontrol.apiserver.k8s.io", "v1beta2")] = new(16100, 15),
        [("flowcontrol.apiserver.k8s.io", "v1beta1")] = new(16100, 12),
        [("flowcontrol.apiserver.k8s.io", "v1alpha1")] = new(16100, 9),
        [("internal.apiserver.k8s.io", "v1alpha1")] = new(16000, 9),
        [("storagemigration.k8s.io", "v1alpha1")] = new(15800, 9),
    }.ToFrozenDictionary();
}
