using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial record PodStatus
{
    [Field(17)]
    public long ObservedGeneration { get; init; }

    [Field(1, Enum = ["Failed", "Pending", "Running", "Succeeded", "Unknown"])]
    public string Phase { get; init; } = "";

    [Field(2, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<PodCondition> Conditions { get; init; }

    [Field(3)]
    public string Message { get; init; } = "";

    [Field(4)]
    public string Reason { get; init; } = "";

    [Field(11)]
    public string NominatedNodeName { get; init; } = "";

    [Field(5)]
    public string HostIP { get; init; } = "";

    [Field(16, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<HostIP> HostIPs { get; init; }

    [Field(6)]
    public string PodIP { get; init; } = "";

    [Field(12, ListType = "map", MapKeys = "ip", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public ApiList<PodIP> PodIPs { get; init; }

    [Field(7)]
    public DateTimeOffset? StartTime { get; init; }

    [Field(10, ListType = "atomic")]
    public ApiList<ContainerStatus> InitContainerStatuses { get; init; }

    [Field(8, ListType = "atomic")]
    public ApiList<ContainerStatus> ContainerStatuses { get; init; }

    [Field(9, Enum = ["BestEffort", "Burstable", "Guaranteed"])]
    public string QosClass { get; init; } = "";

    [Field(13, ListType = "atomic")]
    public ApiList<ContainerStatus> EphemeralContainerStatuses { get; init; }

    [Field(14)]
    public string Resize { get; init; } = "";

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
