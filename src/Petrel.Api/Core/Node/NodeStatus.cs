using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial record NodeStatus
{
    [Field(1)]
    public ApiMap<Quantity> Capacity { get; init; }

    [Field(2)]
    public ApiMap<Quantity> Allocatable { get; init; }

    [Field(3, Enum = ["Pending", "Running", "Terminated"])]
    public string Phase { get; init; } = "";

    [Field(4, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<NodeCondition> Conditions { get; init; }

    [Field(5, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<NodeAddress> Addresses { get; init; }

    [Field(6, Always = true)]
    public NodeDaemonEndpoints DaemonEndpoints { get; init; } = NodeDaemonEndpoints.Empty;

    [Field(7, Always = true)]
    public NodeSystemInfo NodeInfo { get; init; } = NodeSystemInfo.Empty;

    [Field(8, ListType = "atomic")]
    public ApiList<ContainerImage> Images { get; init; }

    [Field(9, ListType = "atomic")]
    public ApiList<string> VolumesInUse { get; init; }

    [Field(10, ListType = "atomic")]
    public ApiList<AttachedVolume> VolumesAttached { get; init; }

    [Field(11)]
    public NodeConfigStatus? Config { get; init; }

    [Field(12, ListType = "atomic")]
    public ApiList<NodeRuntimeHandler> RuntimeHandlers { get; init; }

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
