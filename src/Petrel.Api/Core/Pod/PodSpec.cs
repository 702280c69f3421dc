using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSpec")]
public sealed partial record PodSpec
{
    [Field(1, ListType = "map", MapKeys = "name", PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public ApiList<Volume> Volumes { get; init; }

    [Field(20, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<Container> InitContainers { get; init; }

    [Field(2, Required = true, Always = true, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<Container> Containers { get; init; }

    [Field(34, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<EphemeralContainer> EphemeralContainers { get; init; }

    [Field(3, Enum = ["Always", "Never", "OnFailure"])]
    public string RestartPolicy { get; init; } = "";

    [Field(4)]
    public long? TerminationGracePeriodSeconds { get; init; }

    [Field(5)]
    public long? ActiveDeadlineSeconds { get; init; }

    [Field(6, Enum = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"])]
    public string DnsPolicy { get; init; } = "";

    [Field(7, MapType = "atomic")]
    public ApiMap<string> NodeSelector { get; init; }

    [Field(8)]
    public string ServiceAccountName { get; init; } = "";

    [Field(9)]
    public string ServiceAccount { get; init; } = "";

    [Field(21)]
    public bool? AutomountServiceAccountToken { get; init; }

    [Field(10)]
    public string NodeName { get; init; } = "";

    [Field(11)]
    public bool HostNetwork { get; init; }

    [Field(12)]
    public bool HostPID { get; init; }

    [Field(13)]
    public bool HostIPC { get; init; }

    [Field(27)]
    public bool? ShareProcessNamespace { get; init; }

    [Field(14)]
    public PodSecurityContext? SecurityContext { get; init; }

    [Field(15, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<LocalObjectReference> ImagePullSecrets { get; init; }

    [Field(16)]
    public string Hostname { get; init; } = "";

    [Field(17)]
    public string Subdomain { get; init; } = "";

    [Field(18)]
    public Affinity? Affinity { get; init; }

    [Field(19)]
    public string SchedulerName { get; init; } = "";

    [Field(22, ListType = "atomic")]
    public ApiList<Toleration> Tolerations { get; init; }

    [Field(23, ListType = "map", MapKeys = "ip", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<HostAlias> HostAliases { get; init; }

    [Field(24)]
    public string PriorityClassName { get; init; } = "";

    [Field(25)]
    public int? Priority { get; init; }

    [Field(26)]
    public PodDNSConfig? DnsConfig { get; init; }

    [Field(28, ListType = "atomic")]
    public ApiList<PodReadinessGate> ReadinessGates { get; init; }

    [Field(29)]
    public string? RuntimeClassName { get; init; }

    [Field(30)]
    public bool? EnableServiceLinks { get; init; }

    [Field(31, Enum = ["Never", "PreemptLowerPriority"])]
    public string? PreemptionPolicy { get; init; }

    [Field(32)]
    public ApiMap<Quantity> Overhead { get; init; }

    [Field(33, ListType = "map", MapKeys = "topologyKey,whenUnsatisfiable", PatchStrategy = "merge", PatchMergeKey = "topologyKey")]
    public ApiList<TopologySpreadConstraint> TopologySpreadConstraints { get; init; }

    [Field(35)]
    public bool? SetHostnameAsFQDN { get; init; }

    [Field(36)]
    public PodOS? Os { get; init; }

    [Field(37)]
    public bool? HostUsers { get; init; }

    [Field(38, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<PodSchedulingGate> SchedulingGates { get; init; }

    [Field(39, ListType = "map", MapKeys = "name", PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public ApiList<PodResourceClaim> ResourceClaims { get; init; }

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
