using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSpec")]
public sealed partial record PodSpec
{
    /// <summary>Storage that the containers may mount.</summary>
    [Field(1, ListType = "map", MapKeys = "name", PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public ApiList<Volume> Volumes { get; init; }

    /// <summary>Run one after the other, each to its end, before the containers start; those with restartPolicy Always go on beside them.</summary>
    [Field(20, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<Container> InitContainers { get; init; }

    /// <summary>What runs in the pod; at least one.</summary>
    [Field(2, Required = true, Always = true, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<Container> Containers { get; init; }

    /// <summary>Containers put in later to look into a running pod; through the subresource of that name only.</summary>
    [Field(34, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<EphemeralContainer> EphemeralContainers { get; init; }

    /// <summary>Whether containers that end are started again: Always (when left out), OnFailure or Never.</summary>
    [Field(3, Enum = ["Always", "Never", "OnFailure"])]
    public string RestartPolicy { get; init; } = "";

    /// <summary>Seconds from the wish to end to the kill; 30 when left out.</summary>
    [Field(4)]
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds after its start at which the pod is ended as failed.</summary>
    [Field(5)]
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Which name servers the containers have: ClusterFirst (when left out), ClusterFirstWithHostNet, Default (the node's) or None (dnsConfig alone).</summary>
    [Field(6, Enum = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"])]
    public string DnsPolicy { get; init; } = "";

    /// <summary>Labels that the node must have.</summary>
    [Field(7, MapType = "atomic")]
    public ApiMap<string> NodeSelector { get; init; }

    /// <summary>Service account the pod acts as; default when left out.</summary>
    [Field(8)]
    public string ServiceAccountName { get; init; } = "";

    /// <summary>Old name of serviceAccountName.</summary>
    [Field(9)]
    public string ServiceAccount { get; init; } = "";

    /// <summary>Whether containers get the service account's token; as the service account says when left out.</summary>
    [Field(21)]
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>Node the pod is on; set by the scheduler.</summary>
    [Field(10)]
    public string NodeName { get; init; } = "";

    /// <summary>Use the node's network.</summary>
    [Field(11)]
    public bool HostNetwork { get; init; }

    /// <summary>See the node's processes.</summary>
    [Field(12)]
    public bool HostPID { get; init; }

    /// <summary>Use the node's inter-process communication.</summary>
    [Field(13)]
    public bool HostIPC { get; init; }

    /// <summary>Containers see each other's processes.</summary>
    [Field(27)]
    public bool? ShareProcessNamespace { get; init; }

    /// <summary>Rights of all containers, and of the pod's volumes.</summary>
    [Field(14)]
    public PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Secrets with credentials of image registries.</summary>
    [Field(15, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>Host name; the pod's name when left out.</summary>
    [Field(16)]
    public string Hostname { get; init; } = "";

    /// <summary>Service below whose name the pod's host name is known.</summary>
    [Field(17)]
    public string Subdomain { get; init; } = "";

    /// <summary>Which nodes suit the pod.</summary>
    [Field(18)]
    public Affinity? Affinity { get; init; }

    /// <summary>Scheduler that places the pod; default-scheduler when left out.</summary>
    [Field(19)]
    public string SchedulerName { get; init; } = "";

    /// <summary>Taints that do not keep the pod away.</summary>
    [Field(22, ListType = "atomic")]
    public ApiList<Toleration> Tolerations { get; init; }

    /// <summary>More lines of /etc/hosts; not with the node's network.</summary>
    [Field(23, ListType = "map", MapKeys = "ip", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<HostAlias> HostAliases { get; init; }

    /// <summary>Class that says how important the pod is.</summary>
    [Field(24)]
    public string PriorityClassName { get; init; } = "";

    /// <summary>How important the pod is; follows from the class.</summary>
    [Field(25)]
    public int? Priority { get; init; }

    /// <summary>Name servers, search domains and options besides those of dnsPolicy.</summary>
    [Field(26)]
    public PodDNSConfig? DnsConfig { get; init; }

    /// <summary>Conditions that must be true for the pod to be ready, besides its containers' readiness.</summary>
    [Field(28, ListType = "atomic")]
    public ApiList<PodReadinessGate> ReadinessGates { get; init; }

    /// <summary>Class that says by which runtime the pod is run.</summary>
    [Field(29)]
    public string? RuntimeClassName { get; init; }

    /// <summary>Give containers the services' addresses as environment variables; true when left out.</summary>
    [Field(30)]
    public bool? EnableServiceLinks { get; init; }

    /// <summary>Whether less important pods may be ended to make room: PreemptLowerPriority (when left out) or Never.</summary>
    [Field(31, Enum = ["Never", "PreemptLowerPriority"])]
    public string? PreemptionPolicy { get; init; }

    /// <summary>What running the pod costs besides its containers; from the runtime class.</summary>
    [Field(32)]
    public ApiMap<Quantity> Overhead { get; init; }

    /// <summary>How pods of a group spread over zones, nodes or the like.</summary>
    [Field(33, ListType = "map", MapKeys = "topologyKey,whenUnsatisfiable", PatchStrategy = "merge", PatchMergeKey = "topologyKey")]
    public ApiList<TopologySpreadConstraint> TopologySpreadConstraints { get; init; }

    /// <summary>The host name that containers see is the full one.</summary>
    [Field(35)]
    public bool? SetHostnameAsFQDN { get; init; }

    /// <summary>Operating system that the pod is made for.</summary>
    [Field(36)]
    public PodOS? Os { get; init; }

    /// <summary>False gives the pod a user namespace of its own.</summary>
    [Field(37)]
    public bool? HostUsers { get; init; }

    /// <summary>The pod is not placed until the list is empty.</summary>
    [Field(38, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<PodSchedulingGate> SchedulingGates { get; init; }

    /// <summary>Devices that the pod needs before it starts.</summary>
    [Field(39, ListType = "map", MapKeys = "name", PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public ApiList<PodResourceClaim> ResourceClaims { get; init; }

    /// <summary>Resources of the pod as a whole; cpu, memory and huge pages.</summary>
    [Field(40)]
    public ResourceRequirements? Resources { get; init; }

    internal PodSpec WithDefaults() => this with
    {
        RestartPolicy = RestartPolicy.Length == 0 ? "Always" : RestartPolicy,
        DnsPolicy = DnsPolicy.Length == 0 ? "ClusterFirst" : DnsPolicy,
        TerminationGracePeriodSeconds = TerminationGracePeriodSeconds ?? 30,
        SchedulerName = SchedulerName.Length == 0 ? "default-scheduler" : SchedulerName,
        SecurityContext = SecurityContext ?? PodSecurityContext.Empty,
        ServiceAccountName = AccountName,
        ServiceAccount = AccountName,
        Volumes = Volumes.ConvertAll(static volume => volume.WithDefaults()),
        Containers = Containers.ConvertAll(static container => container.WithDefaults()),
        InitContainers = InitContainers.ConvertAll(static container => container.WithDefaults()),
        EphemeralContainers = EphemeralContainers.ConvertAll(static container => container.WithDefaults()),
        Overhead = Overhead.WithDefaults(),
        Resources = Resources?.WithDefaults(),
    };

    /// <summary>This spec running as the service account: the name has an older twin field that always agrees.</summary>
    public PodSpec WithServiceAccount(string name) => this with { ServiceAccountName = name, ServiceAccount = name };

    private string AccountName => ServiceAccountName.Length == 0 ? ServiceAccount : ServiceAccountName;
}
