using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources.V1Beta1;

/// <summary>A slice as resource.k8s.io/v1beta1 has it: what a device is like stands in a part of its own.</summary>
[ApiType("io.k8s.api.resource.v1beta1.ResourceSlice")]
public sealed partial record ResourceSlice : ApiObject, IResource<ResourceSlice>, IConverted<ResourceSlice, DynamicResources.ResourceSlice>,
    IHasGeneration, IPrepared, IPrintable, ISelectable, ITimestamped, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = DynamicResources.ResourceSlice.Info with { Version = "v1beta1" };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The devices.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceSliceSpec Spec { get; init; } = ResourceSliceSpec.Empty;

    /// <inheritdoc/>
    public static IReadOnlyList<string> SelectableFields => DynamicResources.ResourceSlice.SelectableFields;

    /// <inheritdoc/>
    public static string UnsupportedField(string label) => DynamicResources.ResourceSlice.UnsupportedField("v1beta1", label);

    /// <inheritdoc/>
    public string FieldValue(string field) => ToStorage().FieldValue(field);

    /// <inheritdoc/>
    public static ResourceSlice FromStorage(DynamicResources.ResourceSlice stored) => new()
    {
        Metadata = stored.Metadata,
        Spec = new()
        {
            Driver = stored.Spec.Driver,
            Pool = stored.Spec.Pool,
            NodeName = stored.Spec.NodeName ?? "",
            NodeSelector = stored.Spec.NodeSelector,
            AllNodes = stored.Spec.AllNodes == true,
            Devices = Lists.Convert(stored.Spec.Devices, Device.FromStorage),
            PerDeviceNodeSelection = stored.Spec.PerDeviceNodeSelection,
            SharedCounters = stored.Spec.SharedCounters,
        },
    };

    /// <inheritdoc/>
    public DynamicResources.ResourceSlice ToStorage() => new()
    {
        Metadata = Metadata,
        Spec = new()
        {
            Driver = Spec.Driver,
            Pool = Spec.Pool,
            NodeName = Spec.NodeName.Length == 0 ? null : Spec.NodeName,
            NodeSelector = Spec.NodeSelector,
            AllNodes = Spec.AllNodes ? true : null,
            Devices = Lists.Convert(Spec.Devices, static device => device.ToStorage()),
            PerDeviceNodeSelection = Spec.PerDeviceNodeSelection,
            SharedCounters = Spec.SharedCounters,
        },
    };

    // Everything else is as in the stored version, in whose words also the errors are.

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => From(ToStorage().PrepareForCreate());

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => From(ToStorage().PrepareForUpdate(((ResourceSlice)old).ToStorage()));

    /// <inheritdoc/>
    public ApiObject WithTime(DateTimeOffset now) => From(ToStorage().WithTime(now));

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ToStorage().Cells(now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ToStorage().Validate(errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateUpdate(((ResourceSlice)old).ToStorage(), errors);

    private ApiObject From(ApiObject stored) => FromStorage((DynamicResources.ResourceSlice)stored) with { ShownAs = ShownAs };
}

[ApiType("io.k8s.api.resource.v1beta1.ResourceSliceSpec")]
public sealed partial record ResourceSliceSpec
{
    /// <summary>The driver, by its domain. Cannot be changed.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>The pool that the devices belong to.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourcePool Pool { get; init; } = ResourcePool.Empty;

    /// <summary>The one node that has the devices. Cannot be changed.</summary>
    [Field(3)]
    public string NodeName { get; init; } = "";

    /// <summary>The nodes that can use the devices; one term.</summary>
    [Field(4)]
    public NodeSelector? NodeSelector { get; init; }

    /// <summary>All nodes can use the devices.</summary>
    [Field(5)]
    public bool AllNodes { get; init; }

    /// <summary>The devices; at most 128.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<Device> Devices { get; init; }

    /// <summary>Each device says itself which nodes can use it.</summary>
    [Field(7)]
    public bool? PerDeviceNodeSelection { get; init; }

    /// <summary>Counters of which devices take from the same stock.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<CounterSet> SharedCounters { get; init; }
}

[ApiType("io.k8s.api.resource.v1beta1.Device")]
public sealed partial record Device
{
    /// <summary>Name in the pool: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is like.</summary>
    [Field(2)]
    public BasicDevice? Basic { get; init; }

    internal static Device FromStorage(DynamicResources.Device stored) => new()
    {
        Name = stored.Name,
        Basic = new()
        {
            Attributes = stored.Attributes,
            Capacity = stored.Capacity,
            ConsumesCounters = stored.ConsumesCounters,
            NodeName = stored.NodeName,
            NodeSelector = stored.NodeSelector,
            AllNodes = stored.AllNodes,
            Taints = stored.Taints,
        },
    };

    internal DynamicResources.Device ToStorage()
    {
        var basic = Basic ?? BasicDevice.Empty;
        return new()
        {
            Name = Name,
            Attributes = basic.Attributes,
            Capacity = basic.Capacity,
            ConsumesCounters = basic.ConsumesCounters,
            NodeName = basic.NodeName,
            NodeSelector = basic.NodeSelector,
            AllNodes = basic.AllNodes,
            Taints = basic.Taints,
        };
    }
}

[ApiType("io.k8s.api.resource.v1beta1.BasicDevice")]
public sealed partial record BasicDevice
{
    /// <summary>What the device is like, by names that are the driver's unless they have a domain. With capacity, at most 32.</summary>
    [Field(1)]
    public ApiMap<DeviceAttribute> Attributes { get; init; }

    /// <summary>How much the device has of something, by names that are the driver's unless they have a domain.</summary>
    [Field(2)]
    public ApiMap<DeviceCapacity> Capacity { get; init; }

    /// <summary>What the device takes from the slice's shared counters while it is allocated.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<DeviceCounterConsumption> ConsumesCounters { get; init; }

    /// <summary>The one node that has the device.</summary>
    [Field(4)]
    public string? NodeName { get; init; }

    /// <summary>The nodes that can use the device; one term.</summary>
    [Field(5)]
    public NodeSelector? NodeSelector { get; init; }

    /// <summary>All nodes can use the device.</summary>
    [Field(6)]
    public bool? AllNodes { get; init; }

    /// <summary>What claims must tolerate to get the device; at most 4.</summary>
    [Field(7, ListType = "atomic")]
    public ApiList<DeviceTaint> Taints { get; init; }
}
