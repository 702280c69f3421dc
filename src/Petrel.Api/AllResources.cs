using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Apps;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.Api.Coordination;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Rbac;
using Petrel.Api.Resources;

namespace Petrel.Api;

/// <summary>Every built-in kind that the API serves, in the order in which discovery lists groups.</summary>
public static class AllResources
{
    public static IReadOnlyList<ResourceType> List { get; } =
    [
        ResourceType.Of<ConfigMap>(),
        ResourceType.Of<Endpoints>(),
        ResourceType.Selectable<Event>(),
        ResourceType.Selectable<Namespace>(),
        ResourceType.Selectable<Node>(),
        ResourceType.Selectable<Pod>(),
        ResourceType.Selectable<Secret>(),
        ResourceType.Of<ServiceAccount>(),
        ResourceType.Selectable<Service>(),
        ResourceType.Of<Deployment>(),
        ResourceType.Selectable<ReplicaSet>(),
        ResourceType.Converted<Events.Event, Event>(),
        ResourceType.Of<SelfSubjectReview>(),
        ResourceType.Of<TokenReview>(),
        ResourceType.Of<LocalSubjectAccessReview>(),
        ResourceType.Of<SelfSubjectAccessReview>(),
        ResourceType.Of<SelfSubjectRulesReview>(),
        ResourceType.Of<SubjectAccessReview>(),
        ResourceType.Of<ClusterRoleBinding>(),
        ResourceType.Of<ClusterRole>(),
        ResourceType.Of<RoleBinding>(),
        ResourceType.Of<Role>(),
        ResourceType.Of<ValidatingAdmissionPolicy>(),
        ResourceType.Of<ValidatingAdmissionPolicyBinding>(),
        ResourceType.Of<Lease>(),
        ResourceType.Of<EndpointSlice>(),
    ];
}
