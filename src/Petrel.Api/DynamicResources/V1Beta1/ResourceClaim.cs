using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources.V1Beta1;

/// <summary>A claim as resource.k8s.io/v1beta1 and v1alpha3 have it: what a request is for stands in the request itself.</summary>
[ApiType("io.k8s.api.resource.v1beta1.ResourceClaim")]
public sealed partial record ResourceClaim : ApiObject, IResource<ResourceClaim>, IConverted<ResourceClaim, DynamicResources.ResourceClaim>,
    IHasDefaults, IHasStatus, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = DynamicResources.ResourceClaim.Info with { Version = "v1beta1" };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is asked for. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimSpec Spec { get; init; } = ResourceClaimSpec.Empty;

    /// <summary>What was allocated, and for whom.</summary>
    [Field(3, Always = true)]
    public ResourceClaimStatus Status { get; init; } = ResourceClaimStatus.Empty;

    /// <inheritdoc/>
    public static ResourceClaim FromStorage(DynamicResources.ResourceClaim stored) =>
        new() { Metadata = stored.Metadata, Spec = ResourceClaimSpec.FromStorage(stored.Spec), Status = stored.Status };

    /// <inheritdoc/>
    public DynamicResources.ResourceClaim ToStorage() => new() { Metadata = Metadata, Spec = Spec.ToStorage(), Status = Status };

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults(), Status = Status.WithDefaults() };

    // Everything else is as in the stored version, in whose words also the errors are.

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => From(ToStorage().PrepareForCreate());

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => From(ToStorage().PrepareForUpdate(Stored(old)));

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((ResourceClaim)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => From(ToStorage().PrepareForStatusUpdate(Stored(old)));

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ToStorage().Cells(now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ToStorage().Validate(errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateUpdate(Stored(old), errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateStatusUpdate(Stored(old), errors);

    private ApiObject From(ApiObject stored) => FromStorage((DynamicResources.ResourceClaim)stored) with { ShownAs = ShownAs };

    private static DynamicResources.ResourceClaim Stored(ApiObject value) => ((ResourceClaim)value).ToStorage();
}

[ApiType("io.k8s.api.resource.v1beta1.ResourceClaimSpec")]
public sealed partial record ResourceClaimSpec
{
    /// <summary>The devices.</summary>
    [Field(1, Always = true)]
    public DeviceClaim Devices { get; init; } = DeviceClaim.Empty;

    internal static ResourceClaimSpec FromStorage(DynamicResources.ResourceClaimSpec stored) => new()
    {
        Devices = new()
        {
            Requests = Lists.Convert(stored.Devices.Requests, DeviceRequest.FromStorage),
            Constraints = stored.Devices.Constraints,
            Config = stored.Devices.Config,
        },
    };

    internal DynamicResources.ResourceClaimSpec ToStorage() => new()
    {
        Devices = new()
        {
            Requests = Lists.Convert(Devices.Requests, static request => request.ToStorage()),
            Constraints = Devices.Constraints,
            Config = Devices.Config,
        },
    };

    internal ResourceClaimSpec WithDefaults() => this with
    {
        Devices = Devices with { Requests = Devices.Requests.ConvertAll(static request => request.WithDefaults()) },
    };
}

[ApiType("io.k8s.api.resource.v1beta1.DeviceClaim")]
public sealed partial record DeviceClaim
{
    /// <summary>What is asked for; all of it, or nothing is allocated.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DeviceRequest> Requests { get; init; }

    /// <summary>What the devices must have in common.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<DeviceConstraint> Constraints { get; init; }

    /// <summary>Settings that drivers get for the devices.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<DeviceClaimConfiguration> Config { get; init; }
}

[ApiType("io.k8s.api.resource.v1beta1.DeviceRequest")]
public sealed partial record DeviceRequest
{
    /// <summary>Name by which containers and the rest of the claim refer to it: a DNS label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>The class of the devices.</summary>
    [Field(2)]
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

    /// <summary>The devices are only looked at, and may be in use. Only in namespaces that are labelled for it.</summary>
    [Field(6)]
    public bool? AdminAccess { get; init; }

    /// <summary>Alternatives, the best first, of which the first that can be had is taken. Nothing but the name is then set besides.</summary>
    [Field(7, ListType = "atomic")]
    public ApiList<DeviceSubRequest> FirstAvailable { get; init; }

    /// <summary>Taints that the devices may have.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<DeviceToleration> Tolerations { get; init; }

    internal static DeviceRequest FromStorage(DynamicResources.DeviceRequest stored)
    {
        var exactly = stored.Exactly ?? ExactDeviceRequest.Empty;
        return new()
        {
            Name = stored.Name,
            DeviceClassName = exactly.DeviceClassName,
            Selectors = exactly.Selectors,
            AllocationMode = exactly.AllocationMode,
            Count = exactly.Count,
            AdminAccess = exactly.AdminAccess,
            FirstAvailable = Lists.Convert(stored.FirstAvailable, DeviceSubRequest.FromStorage),
            Tolerations = exactly.Tolerations,
        };
    }

    internal DynamicResources.DeviceRequest ToStorage() => new()
    {
        Name = Name,
        Exactly = !IsExact ? null : new()
        {
            DeviceClassName = DeviceClassName,
            Selectors = Selectors,
            AllocationMode = AllocationMode,
            Count = Count,
            AdminAccess = AdminAccess,
            Tolerations = Tolerations,
        },
        FirstAvailable = Lists.Convert(FirstAvailable, static alternative => alternative.ToStorage()),
    };

    /// <summary>Without a class it must be a request of alternatives, which has no mode and no count.</summary>
    internal DeviceRequest WithDefaults()
    {
        var mode = DeviceClassName.Length == 0 ? AllocationMode : AllocationModes.Default(AllocationMode);
        return this with
        {
            AllocationMode = mode,
            Count = DeviceClassName.Length == 0 ? Count : AllocationModes.DefaultCount(mode, Count),
            FirstAvailable = FirstAvailable.ConvertAll(static alternative => DeviceSubRequest.FromStorage(alternative.ToStorage().WithDefaults())),
            Tolerations = Tolerations.ConvertAll(static toleration => toleration.WithDefaults()),
        };
    }

    private bool IsExact => DeviceClassName.Length > 0 || !Selectors.IsNil || AllocationMode.Length > 0 || Count != 0 || AdminAccess is not null || !Tolerations.IsNil;
}

/// <summary>An alternative, whose tolerations have another wire number than in the stored version.</summary>
[ApiType("io.k8s.api.resource.v1beta1.DeviceSubRequest")]
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
    [Field(7, ListType = "atomic")]
    public ApiList<DeviceToleration> Tolerations { get; init; }

    internal static DeviceSubRequest FromStorage(DynamicResources.DeviceSubRequest stored) => new()
    {
        Name = stored.Name,
        DeviceClassName = stored.DeviceClassName,
        Selectors = stored.Selectors,
        AllocationMode = stored.AllocationMode,
        Count = stored.Count,
        Tolerations = stored.Tolerations,
    };

    internal DynamicResources.DeviceSubRequest ToStorage() => new()
    {
        Name = Name,
        DeviceClassName = DeviceClassName,
        Selectors = Selectors,
        AllocationMode = AllocationMode,
        Count = Count,
        Tolerations = Tolerations,
    };
}
