using Petrel.Api.Core;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.Device")]
public sealed partial record Device
{
    private const int AttributesMax = 32;

    private const int CountersMax = 32;

    private const int TaintsMax = 4;

    private const string OnePlace = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

    /// <summary>Name in the pool: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What the device is like, by names that are the driver's unless they have a domain. With capacity, at most 32.</summary>
    [Field(2)]
    public ApiMap<DeviceAttribute> Attributes { get; init; }

    /// <summary>How much the device has of something, by names that are the driver's unless they have a domain.</summary>
    [Field(3)]
    public ApiMap<DeviceCapacity> Capacity { get; init; }

    /// <summary>What the device takes from the slice's shared counters while it is allocated.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<DeviceCounterConsumption> ConsumesCounters { get; init; }

    /// <summary>The one node that has the device.</summary>
    [Field(5)]
    public string? NodeName { get; init; }

    /// <summary>The nodes that can use the device; one term.</summary>
    [Field(6)]
    public NodeSelector? NodeSelector { get; init; }

    /// <summary>All nodes can use the device.</summary>
    [Field(7)]
    public bool? AllNodes { get; init; }

    /// <summary>What claims must tolerate to get the device; at most 4.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<DeviceTaint> Taints { get; init; }

    internal bool UsesParts => !ConsumesCounters.IsEmpty || HasPlace;

    internal int CounterCount => ConsumesCounters.Sum(static taken => taken.Counters.Count);

    private bool HasPlace => NodeName is not null || NodeSelector is not null || AllNodes is not null;

    /// <param name="shared">Counters of the slice by the names of their sets.</param>
    /// <param name="saysWhere">Each device says which nodes can use it.</param>
    internal void Validate(Dictionary<string, ApiMap<Counter>> shared, bool saysWhere, FieldPath path, FieldErrors errors)
    {
        errors.DnsLabel(path.Child("name"), Name);
        DeviceRules.NotMore(Attributes.Count + Capacity.Count, AttributesMax, "attributes and capacities", path, errors);
        DeviceRules.Named(Attributes, static (attribute, place, found) => attribute.Validate(place, found), path.Child("attributes"), errors);
        DeviceRules.Named(Capacity, null, path.Child("capacity"), errors);
        DeviceRules.List(Taints, TaintsMax, static (taint, place, found) => taint.Validate(place, found), path.Child("taints"), errors);
        ValidateCounters(shared, path, errors);
        if (saysWhere)
        {
            ValidatePlace(path, errors);
        }
        else if (HasPlace)
        {
            errors.Invalid(path, null, "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec");
        }
    }

    private void ValidateCounters(Dictionary<string, ApiMap<Counter>> shared, FieldPath path, FieldErrors errors)
    {
        DeviceRules.Set(
            ConsumesCounters, null, static (taken, place, found) => taken.Validate(place, found), static taken => taken.CounterSet, "counterSet", path.Child("consumesCounters"), errors);
        DeviceRules.NotMore(CounterCount, CountersMax, "counters", path, errors);
        for (var i = 0; i < ConsumesCounters.Count; i++)
        {
            var (taken, place) = (ConsumesCounters[i], path.Child("consumesCounters").Index(i));
            if (!shared.TryGetValue(taken.CounterSet, out var counters))
            {
                errors.Invalid(place.Child("counterSet"), taken.CounterSet, "must reference a counterSet defined in the ResourceSlice sharedCounters");
                continue;
            }

            foreach (var name in taken.Counters.Keys.Where(name => !counters.ContainsKey(name)))
            {
                errors.Invalid(place.Child("counters"), name, "must reference a counter defined in the ResourceSlice sharedCounters");
            }
        }
    }

    private void ValidatePlace(FieldPath path, FieldErrors errors)
    {
        var places = new NodePlaces(path, errors);
        places.Name(NodeName, "must not be empty");
        places.Selector(NodeSelector);
        places.Flag(AllNodes, "allNodes");
        places.ExactlyOne(OnePlace, OnePlace);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceAttribute")]
public sealed partial record DeviceAttribute
{
    private const int ValueBytesMax = 64;

    /// <summary>A number.</summary>
    [Field(2)]
    public long? Int { get; init; }

    /// <summary>A truth.</summary>
    [Field(3)]
    public bool? Bool { get; init; }

    /// <summary>A text of at most 64 bytes.</summary>
    [Field(4)]
    public string? String { get; init; }

    /// <summary>A version by semver.org 2.0.0, of at most 64 bytes.</summary>
    [Field(5)]
    public string? Version { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        NotTooLong(String, path.Child("string"), errors);
        if (Version is not null && SemanticVersion.Parse(Version) is null)
        {
            errors.Invalid(path.Child("version"), Version, "must be a string compatible with semver.org spec 2.0.0");
        }

        NotTooLong(Version, path.Child("version"), errors);
        object?[] values = [Bool, Int, String, Version];
        switch (values.Count(static value => value is not null))
        {
            case 0:
                errors.Required(path, "exactly one value must be specified");
                break;
            case > 1:
                errors.Invalid(path, new Verbatim(GoText()), "exactly one value must be specified");
                break;
        }
    }

    private string GoText() => $"resource.DeviceAttribute{{IntValue:{GoSyntax.Pointer("int64", Int)}, BoolValue:{GoSyntax.Pointer("bool", Bool)}, "
        + $"StringValue:{GoSyntax.Pointer("string", String)}, VersionValue:{GoSyntax.Pointer("string", Version)}}}";

    private static void NotTooLong(string? text, FieldPath path, FieldErrors errors)
    {
        if (text is not null && NameFormats.Bytes(text) > ValueBytesMax)
        {
            errors.TooLong(path, ValueBytesMax);
        }
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceCapacity")]
public sealed partial record DeviceCapacity
{
    /// <summary>How much there is.</summary>
    [Field(1, Required = true, Always = true)]
    public Quantity Value { get; init; }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceCounterConsumption")]
public sealed partial record DeviceCounterConsumption
{
    /// <summary>Name of the set of counters.</summary>
    [Field(1, Required = true, Always = true)]
    public string CounterSet { get; init; } = "";

    /// <summary>How much is taken, by the names of the counters.</summary>
    [Field(2, Required = true)]
    public ApiMap<Counter> Counters { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("counterSet"), CounterSet);
        DeviceRules.Counters(Counters, path.Child("counters"), errors);
    }
}
