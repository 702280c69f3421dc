using System.Globalization;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceRequest")]
public sealed partial record DeviceRequest
{
    private const int AlternativesMax = 8;

    /// <summary>Name by which containers and the rest of the claim refer to it: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What is asked for.</summary>
    [Field(2)]
    public ExactDeviceRequest? Exactly { get; init; }

    /// <summary>Alternatives, the best first, of which the first that can be had is taken.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<DeviceSubRequest> FirstAvailable { get; init; }

    internal DeviceRequest WithDefaults() => this with
    {
        Exactly = Exactly?.WithDefaults(),
        FirstAvailable = FirstAvailable.ConvertAll(static alternative => alternative.WithDefaults()),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.DnsLabel(path.Child("name"), Name);
        if (!FirstAvailable.IsEmpty)
        {
            DeviceRules.Set(
                FirstAvailable,
                AlternativesMax,
                static (alternative, place, found) => alternative.Validate(place, found),
                static alternative => alternative.Name,
                "name",
                path.Child("firstAvailable"),
                errors);
        }

        Exactly?.Validate(path.Child("exactly"), errors);
        switch (FirstAvailable.IsEmpty, Exactly)
        {
            case (true, null):
                errors.Required(path, "exactly one of `exactly` or `firstAvailable` is required");
                break;
            case (false, not null):
                errors.Invalid(path, null, "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
                break;
        }
    }
}

[ApiType("io.k8s.api.resource.v1beta2.ExactDeviceRequest")]
public sealed partial record ExactDeviceRequest
{
    /// <summary>The class of the devices.</summary>
    [Field(1, Required = true, Always = true)]
    public string DeviceClassName { get; init; } = "";

    /// <summary>What the devices must be like besides; all must hold.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<DeviceSelector> Selectors { get; init; }

    /// <summary>ExactCount for a number of devices, the default, or All.</summary>
    [Field(3)]
    public string AllocationMode { get; init; } = "";

    /// <summary>How many devices; 1 when left out. Not with All.</summary>
    [Field(4)]
    public long Count { get; init; }

    /// <summary>The devices are only looked at, and may be in use. Only in namespaces that are labelled for it.</summary>
    [Field(5)]
    public bool? AdminAccess { get; init; }

    /// <summary>Taints that the devices may have.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<DeviceToleration> Tolerations { get; init; }

    internal ExactDeviceRequest WithDefaults()
    {
        var mode = AllocationModes.Default(AllocationMode);
        return this with
        {
            AllocationMode = mode,
            Count = AllocationModes.DefaultCount(mode, Count),
            Tolerations = Tolerations.ConvertAll(static toleration => toleration.WithDefaults()),
        };
    }

    internal void Validate(FieldPath path, FieldErrors errors) =>
        DeviceRules.Choice(DeviceClassName, Selectors, AllocationMode, Count, Tolerations, path, errors);
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceSubRequest")]
public sealed partial record DeviceSubRequest
{
    /// <summary>Name within the request: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>The class of the devices.</summary>
    [Field(2, Required = true, Always = true)]
    public string DeviceClassName { get; init; } = "";

    /// <summary>What the devices must be like besides; all must hold.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<DeviceSelector> Selectors { get; init; }

    /// <summary>ExactCount for a number of devices, the default, or All.</summary>
    [Field(4)]
    public string AllocationMode { get; init; } = "";

    /// <summary>How many devices; 1 when left out. Not with All.</summary>
    [Field(5)]
    public long Count { get; init; }

    /// <summary>Taints that the devices may have.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<DeviceToleration> Tolerations { get; init; }

    internal DeviceSubRequest WithDefaults()
    {
        var mode = AllocationModes.Default(AllocationMode);
        return this with
        {
            AllocationMode = mode,
            Count = AllocationModes.DefaultCount(mode, Count),
            Tolerations = Tolerations.ConvertAll(static toleration => toleration.WithDefaults()),
        };
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.DnsLabel(path.Child("name"), Name);
        DeviceRules.Choice(DeviceClassName, Selectors, AllocationMode, Count, Tolerations, path, errors);
    }

    /// <summary>As errors show it.</summary>
    internal string GoText()
    {
        var selectors = Selectors.Select(static selector => $"resource.DeviceSelector{{CEL:{GoSyntax.Pointer("resource.CELDeviceSelector", selector.Cel)}}}");
        var tolerations = Tolerations.Select(static toleration => $"resource.DeviceToleration{{Key:{GoSyntax.Quote(toleration.Key)}, Operator:{GoSyntax.Quote(toleration.Operator)}, "
            + $"Value:{GoSyntax.Quote(toleration.Value)}, Effect:{GoSyntax.Quote(toleration.Effect)}, TolerationSeconds:{GoSyntax.Pointer("int64", toleration.TolerationSeconds)}}}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"resource.DeviceSubRequest{{Name:{GoSyntax.Quote(Name)}, DeviceClassName:{GoSyntax.Quote(DeviceClassName)}, Selectors:{DeviceClaim.ListText("DeviceSelector", selectors, Selectors.IsNil)}, AllocationMode:{GoSyntax.Quote(AllocationMode)}, Count:{Count}, Tolerations:{DeviceClaim.ListText("DeviceToleration", tolerations, Tolerations.IsNil)}}}");
    }
}
