using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Apps;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.Api.Batch;
using Petrel.Api.Certificates;
using Petrel.Api.Coordination;
using Petrel.Api.FlowControl;
using Petrel.Api.Networking;
using Petrel.Api.Policy;
using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;
using Petrel.Api.Storage;

namespace Petrel.Api;

/// <summary>
/// Versions of kinds that v1.33 still reads and writes but serves no more, so that stored and archived objects stay readable.
/// Most have the fields of the version that is served.
/// </summary>
public static class RemovedVersions
{
    public static IReadOnlyList<ResourceType> List { get; } =
    [
        .. Same<ValidatingAdmissionPolicy>("admissionregistration.k8s.io/v1alpha1"),
        .. Same<ValidatingAdmissionPolicyBinding>("admissionregistration.k8s.io/v1alpha1"),
        .. Same<MutatingWebhookConfiguration>("admissionregistration.k8s.io/v1beta1"),
        .. Same<ValidatingWebhookConfiguration>("admissionregistration.k8s.io/v1beta1"),
        .. Same<ControllerRevision>("apps/v1beta1", "apps/v1beta2"),
        .. Same<DaemonSet>("apps/v1beta2"),
        .. Same<Deployment>("apps/v1beta2"),
        .. Same<ReplicaSet>("apps/v1beta2", "extensions/v1beta1"),
        .. Same<StatefulSet>("apps/v1beta1", "apps/v1beta2"),
        .. Same<SelfSubjectReview>("authentication.k8s.io/v1beta1"),
        .. Same<TokenReview>("authentication.k8s.io/v1beta1"),
        .. Same<SelfSubjectAccessReview>("authorization.k8s.io/v1beta1"),
        .. Same<SelfSubjectRulesReview>("authorization.k8s.io/v1beta1"),
        .. Same<Autoscaling.V2.HorizontalPodAutoscaler>("autoscaling/v2beta2"),
        .. Same<CronJob>("batch/v1beta1"),
        .. Same<CertificateSigningRequest>("certificates.k8s.io/v1beta1"),
        .. Same<Lease>("coordination.k8s.io/v1beta1"),
        .. Same<Events.Event>("events.k8s.io/v1beta1"),
        .. Same<FlowSchema>("flowcontrol.apiserver.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta2", "flowcontrol.apiserver.k8s.io/v1beta3"),
        .. Same<PriorityLevelConfiguration>("flowcontrol.apiserver.k8s.io/v1beta3"),
        .. Same<IngressClass>("networking.k8s.io/v1beta1"),
        .. Same<IPAddress>("networking.k8s.io/v1alpha1"),
        .. Same<NetworkPolicy>("extensions/v1beta1"),
        .. Same<ServiceCIDR>("networking.k8s.io/v1alpha1"),
        .. Same<RuntimeClass>("node.k8s.io/v1beta1"),
        .. Same<PodDisruptionBudget>("policy/v1beta1"),
        .. Same<ClusterRole>("rbac.authorization.k8s.io/v1beta1"),
        .. Same<ClusterRoleBinding>("rbac.authorization.k8s.io/v1beta1"),
        .. Same<Role>("rbac.authorization.k8s.io/v1beta1"),
        .. Same<RoleBinding>("rbac.authorization.k8s.io/v1beta1"),
        .. Same<PriorityClass>("scheduling.k8s.io/v1alpha1", "scheduling.k8s.io/v1beta1"),
        .. Same<CSIDriver>("storage.k8s.io/v1beta1"),
        .. Same<CSINode>("storage.k8s.io/v1beta1"),
        .. Same<CSIStorageCapacity>("storage.k8s.io/v1alpha1", "storage.k8s.io/v1beta1"),
        .. Same<StorageClass>("storage.k8s.io/v1beta1"),
        .. Same<VolumeAttachment>("storage.k8s.io/v1alpha1", "storage.k8s.io/v1beta1"),
        ResourceType.Of<Removed.ClusterRole>(),
        ResourceType.Of<Removed.ClusterRoleBinding>(),
        ResourceType.Of<Removed.DaemonSet>(),
        ResourceType.Of<Removed.Deployment>(),
        ResourceType.Of<Removed.Deployment>().In("extensions/v1beta1"),
        ResourceType.Of<Removed.EndpointSlice>(),
        ResourceType.Of<Removed.HorizontalPodAutoscaler>(),
        ResourceType.Of<Removed.Ingress>(),
        ResourceType.Of<Removed.Ingress>().In("extensions/v1beta1"),
        ResourceType.Of<Removed.LocalSubjectAccessReview>(),
        ResourceType.Of<Removed.PriorityLevelConfiguration>(),
        ResourceType.Of<Removed.PriorityLevelConfiguration>().In("flowcontrol.apiserver.k8s.io/v1beta2"),
        ResourceType.Of<Removed.Role>(),
        ResourceType.Of<Removed.RoleBinding>(),
        ResourceType.Of<Removed.RuntimeClass>(),
        ResourceType.Of<Removed.Scale>(),
        ResourceType.Of<Removed.Scale>().In("apps/v1beta2"),
        ResourceType.Of<Removed.Scale>().In("extensions/v1beta1"),
        ResourceType.Of<Removed.SubjectAccessReview>(),
    ];

    /// <summary>Other versions that have the same fields.</summary>
    private static IEnumerable<ResourceType> Same<T>(params string[] apiVersions) where T : ApiObject, IResource<T>, Schema.IApiType<T> =>
        apiVersions.Select(apiVersion => ResourceType.Of<T>().In(apiVersion));
}
