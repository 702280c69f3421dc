using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial record NodeStatus
{
    /// <summary>What the machine has, by resource.</summary>
    [Field(1)]
    public ApiMap<Quantity> Capacity { get; init; }

    /// <summary>What of that pods may have, by resource.</summary>
    [Field(2)]
    public ApiMap<Quantity> Allocatable { get; init; }

    /// <summary>No longer in use.</summary>
    [Field(3, Enum = ["Pending", "Running", "Terminated"])]
    public string Phase { get; init; } = "";

    /// <summary>State of the node, one entry for each aspect.</summary>
    [Field(4, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<NodeCondition> Conditions { get; init; }

    /// <summary>Addresses by which the node can be reached.</summary>
    [Field(5, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<NodeAddress> Addresses { get; init; }

    /// <summary>Ports of what runs on the node.</summary>
    [Field(6, Always = true)]
    public NodeDaemonEndpoints DaemonEndpoints { get; init; } = NodeDaemonEndpoints.Empty;

    /// <summary>Versions and identities of the machine and its software.</summary>
    [Field(7, Always = true)]
    public NodeSystemInfo NodeInfo { get; init; } = NodeSystemInfo.Empty;

    /// <summary>Container images that the node has.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<ContainerImage> Images { get; init; }

    /// <summary>Attachable volumes that are mounted.</summary>
    [Field(9, ListType = "atomic")]
    public ApiList<string> VolumesInUse { get; init; }

    /// <summary>Volumes that are attached.</summary>
    [Field(10, ListType = "atomic")]
    public ApiList<AttachedVolume> VolumesAttached { get; init; }

    /// <summary>Configuration of the agent. No longer in use.</summary>
    [Field(11)]
    public NodeConfigStatus? Config { get; init; }

    /// <summary>Runtime handlers that pods may ask for.</summary>
    [Field(12, ListType = "atomic")]
    public ApiList<NodeRuntimeHandler> RuntimeHandlers { get; init; }

    /// <summary>What the container runtime can do.</summary>
    [Field(13)]
    public NodeFeatures? Features { get; init; }

    /// <summary>A node that reserves nothing offers all it has.</summary>
    internal NodeStatus WithDefaults()
    {
        var capacity = Capacity.WithDefaults();
        return this with { Capacity = capacity, Allocatable = Allocatable.IsNil ? capacity : Allocatable.WithDefaults() };
    }

    internal void ValidateResources(FieldPath path, FieldErrors errors)
    {
        foreach (var (name, amount) in Capacity)
        {
            ResourceNames.ValidateAmount(name, amount, path.Child("capacity", name), errors);
        }

        foreach (var (name, amount) in Allocatable)
        {
            ResourceNames.ValidateAmount(name, amount, path.Child("allocatable", name), errors);
        }
    }

    internal void ValidateAddresses(FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<NodeAddress>();
        for (var i = 0; i < Addresses.Count; i++)
        {
            if (!seen.Add(Addresses[i]))
            {
                errors.Duplicate(path.Index(i), new Verbatim($"core.NodeAddress{{Type:{GoSyntax.Quote(Addresses[i].Type)}, Address:{GoSyntax.Quote(Addresses[i].Address)}}}"));
            }
        }
    }
}
