using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>Devices that a driver offers: a part of a pool, or all of it (KEP-4381).</summary>
[ApiType("io.k8s.api.resource.v1beta2.ResourceSlice")]
public sealed partial record ResourceSlice
    : ApiObject, IResource<ResourceSlice>, IHasGeneration, IPrepared, IPrintable, ISelectable, ITimestamped, IValidated, IValidatedUpdate
{
    private const string NodeNameField = "spec.nodeName";

    private const string DriverField = "spec.driver";

    public static ResourceInfo Info { get; } = new("resource.k8s.io", "v1beta2", "ResourceSlice", "resourceslices")
    {
        Columns = ResourceSliceTable.Columns,
        Feature = KnownFeatures.DynamicResourceAllocation,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The devices.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceSliceSpec Spec { get; init; } = ResourceSliceSpec.Empty;

    /// <summary>The slice, whichever of its versions it is in.</summary>
    public static ResourceSlice Of(ApiObject value) => value switch
    {
        V1Alpha3.ResourceSlice earlier => earlier.ToStorage(),
        V1Beta1.ResourceSlice earlier => earlier.ToStorage(),
        _ => (ResourceSlice)value,
    };

    /// <inheritdoc/>
    public static IReadOnlyList<string> SelectableFields { get; } = [NodeNameField, DriverField];

    /// <inheritdoc/>
    public static string UnsupportedField(string label) => UnsupportedField("v1beta2", label);

    internal static string UnsupportedField(string version, string label) => $"field label not supported for resource.k8s.io/{version}, Kind=ResourceSlice: {label}";

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        NodeNameField => Spec.NodeName ?? "",
        DriverField => Spec.Driver,
        _ => "",
    };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabled(null) };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with { Spec = Spec.WithoutDisabled(((ResourceSlice)old).Spec) };

    /// <inheritdoc/>
    public ApiObject WithTime(DateTimeOffset now) => this with
    {
        Spec = Spec with { Devices = Spec.Devices.ConvertAll(device => device with { Taints = device.Taints.ConvertAll(taint => taint.WithTime(now)) }) },
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ResourceSliceTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(null, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Spec.Validate(((ResourceSlice)old).Spec, FieldPath.Root.Child("spec"), errors);
}

[ApiType("io.k8s.api.resource.v1beta2.ResourceSliceSpec")]
public sealed partial record ResourceSliceSpec
{
    private const int DevicesMax = 128;

    private const int DeviceCountersMax = 1024;

    private const int SharedCountersMax = 32;

    private const string OnePlace = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

    /// <summary>The driver, by its domain. Cannot be changed.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>The pool that the devices belong to.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourcePool Pool { get; init; } = ResourcePool.Empty;

    /// <summary>The one node that has the devices. Cannot be changed.</summary>
    [Field(3)]
    public string? NodeName { get; init; }

    /// <summary>The nodes that can use the devices; one term.</summary>
    [Field(4)]
    public NodeSelector? NodeSelector { get; init; }

    /// <summary>All nodes can use the devices.</summary>
    [Field(5)]
    public bool? AllNodes { get; init; }

    /// <summary>The devices; at most 128.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<Device> Devices { get; init; }

    /// <summary>Each device says itself which nodes can use it.</summary>
    [Field(7)]
    public bool? PerDeviceNodeSelection { get; init; }

    /// <summary>Counters of which devices take from the same stock.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<CounterSet> SharedCounters { get; init; }

    private bool UsesTaints => Devices.Any(static device => !device.Taints.IsEmpty);

    private bool UsesParts => !SharedCounters.IsEmpty || PerDeviceNodeSelection is not null || Devices.Any(static device => device.UsesParts);

    /// <summary>Without the fields of features that are off and not used before.</summary>
    internal ResourceSliceSpec WithoutDisabled(ResourceSliceSpec? old)
    {
        var spec = this;
        if (!FeatureGates.IsOn(KnownFeatures.DRADeviceTaints) && old?.UsesTaints != true)
        {
            spec = spec with { Devices = spec.Devices.ConvertAll(static device => device with { Taints = default }) };
        }

        return FeatureGates.IsOn(KnownFeatures.DRAPartitionableDevices) || old?.UsesParts == true
            ? spec
            : spec with
            {
                Devices = spec.Devices.ConvertAll(static device => device with { ConsumesCounters = default, NodeName = null, NodeSelector = null, AllNodes = null }),
                PerDeviceNodeSelection = null,
                SharedCounters = default,
            };
    }

    internal void Validate(ResourceSliceSpec? old, FieldPath path, FieldErrors errors)
    {
        errors.DriverName(path.Child("driver"), Driver);
        Pool.Validate(path.Child("pool"), errors);
        if (old is not null)
        {
            errors.Immutable(path.Child("pool", "name"), Pool.Name, old.Pool.Name);
            errors.Immutable(path.Child("driver"), Driver, old.Driver);
            errors.Immutable(path.Child("nodeName"), NodeName, old.NodeName);
        }

        ValidatePlace(path, errors);

        var counters = SharedCounters.GroupBy(static set => set.Name, StringComparer.Ordinal)
            .ToDictionary(static sets => sets.Key, static sets => sets.Last().Counters, StringComparer.Ordinal);
        DeviceRules.Set(
            Devices,
            DevicesMax,
            (device, place, found) => device.Validate(counters, PerDeviceNodeSelection == true, place, found),
            static device => device.Name,
            "name",
            path.Child("devices"),
            errors);
        DeviceRules.NotMore(Devices.Sum(static device => device.CounterCount), DeviceCountersMax, "counters in devices", path.Child("devices"), errors);
        DeviceRules.NotMore(SharedCounters.Sum(static set => set.Counters.Count), SharedCountersMax, "shared counters", path.Child("sharedCounters"), errors);
        DeviceRules.Set(SharedCounters, null, static (set, place, found) => set.Validate(place, found), static set => set.Name, "name", path.Child("sharedCounters"), errors);
    }

    private void ValidatePlace(FieldPath path, FieldErrors errors)
    {
        var places = new NodePlaces(path, errors);
        places.Name(NodeName, "must be either unset or set to a non-empty string");
        places.Selector(NodeSelector);
        if (NodeSelector is { NodeSelectorTerms.Count: not 1 })
        {
            errors.Invalid(path.Child("nodeSelector", "nodeSelectorTerms"), GoText(NodeSelector.NodeSelectorTerms), "must have exactly one node selector term");
        }

        places.Flag(AllNodes, "allNodes");
        places.Flag(PerDeviceNodeSelection, "perDeviceNodeSelection");
        places.ExactlyOne(OnePlace, OnePlace + ", but multiple fields are set");
    }

    private static Verbatim GoText(ApiList<NodeSelectorTerm> terms)
    {
        static string Requirements(ApiList<NodeSelectorRequirement> list) => list.IsNil
            ? "[]core.NodeSelectorRequirement(nil)"
            : $"[]core.NodeSelectorRequirement{{{string.Join(", ", list.Select(static each => $"core.NodeSelectorRequirement{{Key:{GoSyntax.Quote(each.Key)}, Operator:{GoSyntax.Quote(each.Operator)}, Values:{GoSyntax.Strings(each.Values)}}}"))}}}";
        return new(terms.IsNil
            ? "[]core.NodeSelectorTerm(nil)"
            : $"[]core.NodeSelectorTerm{{{string.Join(", ", terms.Select(static term => $"core.NodeSelectorTerm{{MatchExpressions:{Requirements(term.MatchExpressions)}, MatchFields:{Requirements(term.MatchFields)}}}"))}}}");
    }
}

[ApiType("io.k8s.api.resource.v1beta2.ResourcePool")]
public sealed partial record ResourcePool
{
    /// <summary>Name of the pool: subdomains with slashes between. Often the node's. Cannot be changed.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Raised with every change of the pool; only slices of the highest count.</summary>
    [Field(2, Required = true, Always = true)]
    public long Generation { get; init; }

    /// <summary>How many slices the pool has in this generation.</summary>
    [Field(3, Required = true, Always = true)]
    public long ResourceSliceCount { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        DeviceRules.PoolName(Name, path.Child("name"), errors);
        if (ResourceSliceCount <= 0)
        {
            errors.Invalid(path.Child("resourceSliceCount"), ResourceSliceCount, "must be greater than zero");
        }

        if (Generation < 0)
        {
            errors.Invalid(path.Child("generation"), Generation, "must be greater than or equal to zero");
        }
    }
}

[ApiType("io.k8s.api.resource.v1beta2.CounterSet")]
public sealed partial record CounterSet
{
    /// <summary>Name of the set: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>The counters by their names, which are DNS labels.</summary>
    [Field(2, Required = true)]
    public ApiMap<Counter> Counters { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.DnsLabel(path.Child("name"), Name);
        }

        DeviceRules.Counters(Counters, path.Child("counters"), errors);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.Counter")]
public sealed partial record Counter
{
    /// <summary>How much there is, or how much is taken.</summary>
    [Field(1, Required = true, Always = true)]
    public Quantity Value { get; init; }
}
