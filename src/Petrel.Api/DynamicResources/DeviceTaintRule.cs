using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>Puts a taint on devices, whatever their drivers say (KEP-5055).</summary>
[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintRule")]
public sealed partial record DeviceTaintRule : ApiObject, IResource<DeviceTaintRule>, IHasGeneration, ITimestamped, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("resource.k8s.io", "v1alpha3", "DeviceTaintRule", "devicetaintrules")
    {
        Feature = KnownFeatures.DRADeviceTaints,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Which devices, and which taint.</summary>
    [Field(2, Required = true, Always = true)]
    public DeviceTaintRuleSpec Spec { get; init; } = DeviceTaintRuleSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithTime(DateTimeOffset now) => this with { Spec = Spec with { Taint = Spec.Taint.WithTime(now) } };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        Spec.DeviceSelector?.Validate(path.Child("deviceSelector"), errors);
        Spec.Taint.Validate(path.Child("taint"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Validate(errors);
}

[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintRuleSpec")]
public sealed partial record DeviceTaintRuleSpec
{
    /// <summary>The devices; none when left out, all when empty.</summary>
    [Field(1)]
    public DeviceTaintSelector? DeviceSelector { get; init; }

    /// <summary>The taint that they get.</summary>
    [Field(2, Required = true, Always = true)]
    public DeviceTaint Taint { get; init; } = DeviceTaint.Empty;
}

[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintSelector")]
public sealed partial record DeviceTaintSelector
{
    /// <summary>Only devices that the class's selectors match.</summary>
    [Field(1)]
    public string? DeviceClassName { get; init; }

    /// <summary>Only devices of this driver.</summary>
    [Field(2)]
    public string? Driver { get; init; }

    /// <summary>Only devices of this pool.</summary>
    [Field(3)]
    public string? Pool { get; init; }

    /// <summary>Only devices of this name.</summary>
    [Field(4)]
    public string? Device { get; init; }

    /// <summary>What the devices must be like besides; all must hold.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<DeviceSelector> Selectors { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (DeviceClassName is not null)
        {
            errors.DnsSubdomain(path.Child("deviceClassName"), DeviceClassName);
        }

        if (Driver is not null)
        {
            errors.DriverName(path.Child("driver"), Driver);
        }

        if (Pool is not null)
        {
            DeviceRules.PoolName(Pool, path.Child("pool"), errors);
        }

        if (Device is not null)
        {
            errors.DnsLabel(path.Child("device"), Device);
        }

        DynamicResources.DeviceSelector.ValidateAll(Selectors, path.Child("selectors"), errors);
    }
}
