using Petrel.Api.AdmissionRegistration;
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
using Petrel.Api.Resources;
using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;
using Petrel.Api.Storage;

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
        ResourceType.Selectable<CertificateSigningRequest>(),
        ResourceType.Of<IngressClass>(),
        ResourceType.Of<Ingress>(),
        ResourceType.Of<IPAddress>(),
        ResourceType.Of<NetworkPolicy>(),
        ResourceType.Of<ServiceCIDR>(),
        ResourceType.Of<ClusterRoleBinding>(),
        ResourceType.Of<ClusterRole>(),
        ResourceType.Of<RoleBinding>(),
        ResourceType.Of<Role>(),
        ResourceType.Of<CSIDriver>(),
        ResourceType.Of<CSINode>(),
        ResourceType.Of<CSIStorageCapacity>(),
        ResourceType.Of<StorageClass>(),
        ResourceType.Of<VolumeAttachment>(),
        ResourceType.Of<PriorityClass>(),
        ResourceType.Of<ValidatingAdmissionPolicy>(),
        ResourceType.Of<ValidatingAdmissionPolicyBinding>(),
        ResourceType.Of<Lease>(),
        ResourceType.Of<RuntimeClass>(),
        ResourceType.Of<EndpointSlice>(),
        ResourceType.Of<FlowSchema>(),
        ResourceType.Of<PriorityLevelConfiguration>(),
    ];
}
