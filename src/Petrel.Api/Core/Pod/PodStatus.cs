using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial record PodStatus
{
    /// <summary>Generation of the spec that the status reflects.</summary>
    [Field(17)]
    public long ObservedGeneration { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown: where the pod is in its life.</summary>
    [Field(1, Enum = ["Failed", "Pending", "Running", "Succeeded", "Unknown"])]
    public string Phase { get; init; } = "";

    /// <summary>State of the pod, one entry for each aspect.</summary>
    [Field(2, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<PodCondition> Conditions { get; init; }

    /// <summary>What happened, for people.</summary>
    [Field(3)]
    public string Message { get; init; } = "";

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>Node on which room is being made for the pod.</summary>
    [Field(11)]
    public string NominatedNodeName { get; init; } = "";

    /// <summary>Address of the node.</summary>
    [Field(5)]
    public string HostIP { get; init; } = "";

    /// <summary>Addresses of the node, the first being hostIP.</summary>
    [Field(16, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<HostIP> HostIPs { get; init; }

    /// <summary>Address of the pod.</summary>
    [Field(6)]
    public string PodIP { get; init; } = "";

    /// <summary>Addresses of the pod: at most one for IPv4 and one for IPv6, the first being podIP.</summary>
    [Field(12, ListType = "map", MapKeys = "ip", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<PodIP> PodIPs { get; init; }

    /// <summary>When the node agent took the pod up.</summary>
    [Field(7)]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>State of each init container.</summary>
    [Field(10, ListType = "atomic")]
    public ApiList<ContainerStatus> InitContainerStatuses { get; init; }

    /// <summary>State of each container.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<ContainerStatus> ContainerStatuses { get; init; }

    /// <summary>Guaranteed, Burstable or BestEffort, by its resources: who suffers first when the node runs short.</summary>
    [Field(9, Enum = ["BestEffort", "Burstable", "Guaranteed"])]
    public string QosClass { get; init; } = "";

    /// <summary>State of each ephemeral container.</summary>
    [Field(13, ListType = "atomic")]
    public ApiList<ContainerStatus> EphemeralContainerStatuses { get; init; }

    /// <summary>Whether a change of resources in place is Proposed, InProgress, Deferred or Infeasible. Conditions say this now.</summary>
    [Field(14)]
    public string Resize { get; init; } = "";

    /// <summary>Claims that were made for the pod.</summary>
    [Field(15, ListType = "map", MapKeys = "name", PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public ApiList<PodResourceClaimStatus> ResourceClaimStatuses { get; init; }

    /// <summary>The one address and the list of addresses agree; where they differ, the one address counts.</summary>
    internal PodStatus WithDefaults()
    {
        var addresses = PodIP.Length != 0 && (PodIPs.IsEmpty || PodIPs[0].Ip != PodIP) ? [new PodIP { Ip = PodIP }] : PodIPs;
        return this with
        {
            PodIPs = addresses,
            PodIP = addresses.IsEmpty ? "" : addresses[0].Ip,
            InitContainerStatuses = InitContainerStatuses.ConvertAll(static status => status.WithDefaults()),
            ContainerStatuses = ContainerStatuses.ConvertAll(static status => status.WithDefaults()),
            EphemeralContainerStatuses = EphemeralContainerStatuses.ConvertAll(static status => status.WithDefaults()),
        };
    }
}
