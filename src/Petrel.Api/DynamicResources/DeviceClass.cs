using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>A sort of devices that claims ask for by its name, with the settings that all of them get (KEP-4381).</summary>
[ApiType("io.k8s.api.resource.v1beta2.DeviceClass")]
public sealed partial record DeviceClass : ApiObject, IResource<DeviceClass>, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("resource.k8s.io", "v1beta2", "DeviceClass", "deviceclasses")
    {
        Columns = [Column.ObjectName, Column.Age],
        Feature = KnownFeatures.DynamicResourceAllocation,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Which devices belong to the class, and what they are set to.</summary>
    [Field(2, Required = true, Always = true)]
    public DeviceClassSpec Spec { get; init; } = DeviceClassSpec.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => [Metadata.Name, TableText.Age(Metadata.CreationTimestamp, now)];

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(null, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Spec.Validate(((DeviceClass)old).Spec, FieldPath.Root.Child("spec"), errors);
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceClassSpec")]
public sealed partial record DeviceClassSpec
{
    /// <summary>What a device must be like to belong to the class; all must hold.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DeviceSelector> Selectors { get; init; }

    /// <summary>Settings that drivers get for every device of the class.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<DeviceClassConfiguration> Config { get; init; }

    /// <param name="old">What is stored as it was stays allowed, whatever newer rules say.</param>
    internal void Validate(DeviceClassSpec? old, FieldPath path, FieldErrors errors)
    {
        DeviceSelector.ValidateAll(Selectors, path.Child("selectors"), errors);
        var isOld = old is not null && Config == old.Config;
        DeviceRules.List(
            Config,
            DeviceRules.ConfigurationsMax,
            (config, place, found) => OpaqueDeviceConfiguration.ValidateRequired(config.Opaque, isOld, place.Child("opaque"), found),
            path.Child("config"),
            errors);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceClassConfiguration")]
public sealed partial record DeviceClassConfiguration
{
    /// <summary>Settings in the words of a driver.</summary>
    [Field(1, Inside = 1)]
    public OpaqueDeviceConfiguration? Opaque { get; init; }
}
