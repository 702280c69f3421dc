using Petrel.Api.AdmissionRegistration;
using Petrel.Api.ApiExtensions;
using Petrel.Api.Apps;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.Api.Batch;
using Petrel.Api.Certificates;
using Petrel.Api.Coordination;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.FlowControl;
using Petrel.Api.Networking;
using Petrel.Api.Policy;
using Petrel.Api.Rbac;
using Petrel.Api.Registration;
using Petrel.Api.Resources;
using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;
using Petrel.Api.Settings;
using Petrel.Api.Storage;
using Petrel.Api.StorageMigration;

namespace Petrel.Api;

/// <summary>Every built-in kind that the API serves, in the order in which discovery lists groups.</summary>
public static class AllResources
{
    public static IReadOnlyList<ResourceType> List { get; } =
    [
        ResourceType.Of<Binding>(),
        ResourceType.Of<ComponentStatus>(),
        ResourceType.Of<ConfigMap>(),
        ResourceType.Of<Endpoints>(),
        ResourceType.Selectable<Event>(),
        ResourceType.Of<LimitRange>(),
        ResourceType.Selectable<Namespace>(),
        ResourceType.Selectable<Node>(),
        ResourceType.Of<PersistentVolume>(),
        ResourceType.Of<PersistentVolumeClaim>(),
        ResourceType.Selectable<Pod>(),
        ResourceType.Of<ResourceQuota>(),
        ResourceType.Of<PodTemplate>(),
        ResourceType.Selectable<ReplicationController>(),
        ResourceType.Selectable<Secret>(),
        ResourceType.Of<ServiceAccount>(),
        ResourceType.Selectable<Service>(),
        ResourceType.Of<APIService>(),
        ResourceType.Of<ControllerRevision>(),
        ResourceType.Of<DaemonSet>(),
        ResourceType.Of<Deployment>(),
        ResourceType.Of<ReplicaSet>(),
        ResourceType.Of<StatefulSet>(),
        ResourceType.ConvertedSelectable<Events.Event, Event>(),
        ResourceType.Of<SelfSubjectReview>(),
        ResourceType.Of<TokenReview>(),
        ResourceType.Of<LocalSubjectAccessReview>(),
        ResourceType.Of<SelfSubjectAccessReview>(),
        ResourceType.Of<SelfSubjectRulesReview>(),
        ResourceType.Of<SubjectAccessReview>(),
        ResourceType.Of<Autoscaling.V2.HorizontalPodAutoscaler>(),
        ResourceType.Converted<Autoscaling.HorizontalPodAutoscaler, Autoscaling.V2.HorizontalPodAutoscaler>(),
        ResourceType.Of<CronJob>(),
        ResourceType.Selectable<Job>(),
        ResourceType.Of<PodDisruptionBudget>(),
        ResourceType.Of<PodSecurityPolicy>(),
        ResourceType.Selectable<CertificateSigningRequest>(),
        ResourceType.Selectable<ClusterTrustBundle>(),
        ResourceType.Selectable<ClusterTrustBundle>().In("certificates.k8s.io/v1alpha1"),
        ResourceType.Of<IngressClass>(),
        ResourceType.Of<Ingress>(),
        ResourceType.Of<IPAddress>(),
        ResourceType.Of<IPAddress>().In("networking.k8s.io/v1beta1"),
        ResourceType.Of<NetworkPolicy>(),
        ResourceType.Of<ServiceCIDR>(),
        ResourceType.Of<ServiceCIDR>().In("networking.k8s.io/v1beta1"),
        ResourceType.Of<ClusterRoleBinding>(),
        ResourceType.Of<ClusterRole>(),
        ResourceType.Of<RoleBinding>(),
        ResourceType.Of<Role>(),
        ResourceType.Of<CSIDriver>(),
        ResourceType.Of<CSINode>(),
        ResourceType.Of<CSIStorageCapacity>(),
        ResourceType.Of<StorageClass>(),
        ResourceType.Of<VolumeAttachment>(),
        ResourceType.Of<VolumeAttributesClass>(),
        ResourceType.Of<VolumeAttributesClass>().In("storage.k8s.io/v1alpha1", static info => info with { Deprecation = new("v1.32", Removed: "v1.35") }),
        ResourceType.Of<PriorityClass>(),
        ResourceType.Of<ValidatingAdmissionPolicy>(),
        ResourceType.Of<ValidatingAdmissionPolicyBinding>(),
        ResourceType.Of<ValidatingAdmissionPolicy>().In("admissionregistration.k8s.io/v1beta1", static info => info with { Deprecation = new("v1.31", Removed: "v1.34") }),
        ResourceType.Of<ValidatingAdmissionPolicyBinding>().In("admissionregistration.k8s.io/v1beta1", static info => info with { Deprecation = new("v1.31", Removed: "v1.34") }),
        ResourceType.Of<MutatingAdmissionPolicy>(),
        ResourceType.Of<MutatingAdmissionPolicyBinding>(),
        ResourceType.Of<MutatingWebhookConfiguration>(),
        ResourceType.Of<ValidatingWebhookConfiguration>(),
        ResourceType.Of<CustomResourceDefinition>(),
        ResourceType.Of<Lease>(),
        ResourceType.Of<LeaseCandidate>(),
        ResourceType.Of<LeaseCandidate>().In("coordination.k8s.io/v1alpha2"),
        ResourceType.Of<RuntimeClass>(),
        ResourceType.Of<EndpointSlice>(),
        ResourceType.Of<FlowSchema>(),
        ResourceType.Of<PriorityLevelConfiguration>(),
        ResourceType.Of<DynamicResources.DeviceClass>(),
        ResourceType.Of<DynamicResources.ResourceClaim>(),
        ResourceType.Of<DynamicResources.ResourceClaimTemplate>(),
        ResourceType.Selectable<DynamicResources.ResourceSlice>(),
        .. Earlier("resource.k8s.io/v1beta1", ResourceType.ConvertedSelectable<DynamicResources.V1Beta1.ResourceSlice, DynamicResources.ResourceSlice>()),
        .. Earlier("resource.k8s.io/v1alpha3", ResourceType.ConvertedSelectable<DynamicResources.V1Alpha3.ResourceSlice, DynamicResources.ResourceSlice>()),
        ResourceType.Of<DynamicResources.DeviceTaintRule>().In("resource.k8s.io/v1alpha3"),
        ResourceType.Of<PodPreset>(),
        ResourceType.Of<StorageVersions.StorageVersion>(),
        ResourceType.Of<StorageVersionMigration>(),
    ];

    /// <summary>Versions of devices and claims that share most of their parts with the stored one: in them, the parts have their names.</summary>
    private static IEnumerable<ResourceType> Earlier(string apiVersion, ResourceType slices) =>
    [
        ResourceType.Of<DynamicResources.DeviceClass>().In(apiVersion),
        ResourceType.Converted<DynamicResources.V1Beta1.ResourceClaim, DynamicResources.ResourceClaim>().In(apiVersion),
        ResourceType.Converted<DynamicResources.V1Beta1.ResourceClaimTemplate, DynamicResources.ResourceClaimTemplate>().In(apiVersion),
        slices.In(apiVersion),
    ];
}
