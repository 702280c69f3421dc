using Petrel.Controllers.AdmissionPolicies;
using Petrel.Controllers.Deployments;
using Petrel.Controllers.Disruption;
using Petrel.Controllers.Endpoints;
using Petrel.Controllers.EndpointSliceMirroring;
using Petrel.Controllers.EndpointSlices;
using Petrel.Controllers.GarbageCollection;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Namespaces;
using Petrel.Controllers.NodeAddresses;
using Petrel.Controllers.NodeLifecycle;
using Petrel.Controllers.PodCleanup;
using Petrel.Controllers.ReplicaSets;
using Petrel.Controllers.ResourceQuotas;
using Petrel.Controllers.Roles;
using Petrel.Controllers.ServiceAccounts;
using Petrel.Controllers.ServiceRanges;
using Petrel.Controllers.StorageProtection;
using Petrel.Controllers.TaintEviction;

namespace Petrel.Controllers;

/// <summary>All controllers. The order does not matter: none relies on another having run.</summary>
internal static class ControllerList
{
    public static IReadOnlyList<ControllerEntry> All { get; } =
    [
        // Workloads: from a template to running pods.
        ControllerEntry.Of("deployment-controller", "deployment-controller", static services => new DeploymentController(services)),
        ControllerEntry.Of("replicaset-controller", "replicaset-controller", static services => new ReplicaSetController(services)),

        // Disruptions: how many pods may be evicted, and which were to be.
        ControllerEntry.Of("disruption-controller", "controllermanager", static services => new DisruptionController(services), workers: 1),
        ControllerEntry.Of("disruption-controller", "controllermanager", static services => new StaleDisruptionController(services), workers: 1),

        // Services: from pods to endpoints.
        ControllerEntry.Of("endpoint-controller", "endpoint-controller", static services => new EndpointsController(services)),
        ControllerEntry.Of("endpointslice-controller", "endpoint-slice-controller", static services => new EndpointSliceController(services)),
        ControllerEntry.Of("endpointslicemirroring-controller", "endpoint-slice-mirroring-controller", static services => new EndpointSliceMirroringController(services)),

        // Services' addresses: the ranges that they come from.
        ControllerEntry.Of("service-cidrs-controller", "service-cidr-controller", static services => new ServiceRangeController(services), workers: 1),

        // Nodes: their addresses and health, and what becomes of the pods on them.
        ControllerEntry.Of("node-controller", "cidrAllocator", static services => new NodeAddressController(services), workers: 1),
        ControllerEntry.Of("node-controller", "node-controller", static services => new NodeLifecycleController(services)),
        ControllerEntry.Of("node-controller", "taint-eviction-controller", static services => new TaintEvictionController(services)),
        ControllerEntry.Of("pod-garbage-collector", "pod-garbage-collector", static services => new PodCleanupController(services)),

        // Storage: what is in use stays.
        ControllerEntry.Of("pvc-protection-controller", "persistentvolumeclaim-protection-controller", static services => new ClaimProtectionController(services)),
        ControllerEntry.Of("pv-protection-controller", "persistentvolume-protection-controller", static services => new VolumeProtectionController(services)),

        // Namespaces: what each one starts with.
        ControllerEntry.Of("service-account-controller", "service-account-controller", static services => new DefaultServiceAccountController(services)),
        ControllerEntry.Of("root-ca-cert-publisher", "root-ca-cert-publisher", static services => new RootCertificatePublisher(services)),
        ControllerEntry.Of("", "tokens-controller", static services => new TokenSecretController(services)),
        ControllerEntry.Of("clusterrole-aggregation-controller", "clusterrole-aggregation-controller", static services => new ClusterRoleAggregationController(services)),

        new("resourcequota-controller", "resourcequota-controller", static services => ResourceQuotaController.Create(services)),

        // Admission: what policies say that cannot be right.
        ControllerEntry.Of("validatingadmissionpolicy-status-controller", "validatingadmissionpolicy-status", static services => new PolicyStatusController(services)),

        // Ends: what goes when its namespace or its owner does.
        ControllerEntry.Of("namespace-controller", "namespace-controller", static services => new NamespaceController(services)),
        new("generic-garbage-collector", "garbage-collector-controller", static services => new GarbageCollector(services)),
    ];
}

/// <summary>A controller as the host makes it.</summary>
/// <param name="Account">Its service account in kube-system, to which upstream's bootstrap roles are bound; empty for the host's own identity.</param>
/// <param name="EventSource">The component that its events name.</param>
internal sealed record ControllerEntry(string Account, string EventSource, Func<ControllerServices, IController> Make)
{
    /// <param name="workers">Objects worked on at the same time; null for the host's default.</param>
    public static ControllerEntry Of(string account, string eventSource, Func<ControllerServices, IReconciler> make, int? workers = null) =>
        new(account, eventSource, services => new ReconcileLoop(make(services), workers ?? services.Options.Workers, services));
}
