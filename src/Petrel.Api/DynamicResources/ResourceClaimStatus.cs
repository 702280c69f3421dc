using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimStatus")]
public sealed partial record ResourceClaimStatus
{
    private const int ConsumersMax = 256;

    /// <summary>What was allocated; set while it is.</summary>
    [Field(1)]
    public AllocationResult? Allocation { get; init; }

    /// <summary>Who may use the devices now.</summary>
    [Field(2, ListType = "map", MapKeys = "uid", PatchStrategy = "merge", PatchMergeKey = "uid")]
    public ApiList<ResourceClaimConsumerReference> ReservedFor { get; init; }

    /// <summary>What drivers say of the allocated devices.</summary>
    [Field(4, ListType = "map", MapKeys = "driver,device,pool")]
    public ApiList<AllocatedDeviceStatus> Devices { get; init; }

    internal ResourceClaimStatus WithDefaults() => Allocation is null ? this : this with { Allocation = Allocation.WithDefaults() };

    internal bool UsesAdminAccess => Allocation?.Devices.Results.Any(static result => result.AdminAccess is not null) == true;

    /// <summary>Without what drivers said of devices that are allocated no more.</summary>
    internal ResourceClaimStatus WithoutDeallocated(ResourceClaimStatus old)
    {
        if (!FeatureGates.IsOn(KnownFeatures.DRAResourceClaimDeviceStatus) && old.Devices.IsEmpty)
        {
            return this;
        }

        var gone = old.AllocatedDevices();
        gone.ExceptWith(AllocatedDevices());
        ApiList<AllocatedDeviceStatus> kept = [.. Devices.Where(device => !gone.Contains(device.Id))];
        return this with { Devices = kept.NilIfEmpty };
    }

    /// <summary>Without the fields of features that are off and not used before.</summary>
    internal ResourceClaimStatus WithoutDisabled(bool keepsDevices, bool keepsAdminAccess) => this with
    {
        Allocation = keepsAdminAccess || FeatureGates.IsOn(KnownFeatures.DRAAdminAccess) ? Allocation : Allocation?.WithoutAdminAccess(),
        Devices = keepsDevices || FeatureGates.IsOn(KnownFeatures.DRAResourceClaimDeviceStatus) ? Devices : default,
    };

    internal void ValidateUpdate(ResourceClaimStatus old, bool isDeleted, IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        var consumers = path.Child("reservedFor");
        DeviceRules.Set(ReservedFor, ConsumersMax, static (consumer, place, found) => consumer.Validate(place, found), static consumer => consumer.Uid, "uid", consumers, errors);

        var allocated = AllocatedDevices();
        DeviceRules.Set(
            Devices, null, (device, place, found) => device.Validate(allocated, place, found), static device => device.Id, "deviceID", path.Child("devices"), errors, isPlain: true);
        if (!ReservedFor.IsEmpty)
        {
            if (Allocation is null)
            {
                errors.Forbidden(consumers, "may not be specified when `allocated` is not set");
            }
            else if (isDeleted && ReservedFor.Any(consumer => !old.ReservedFor.Contains(consumer)))
            {
                errors.Forbidden(consumers, "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
            }
        }

        if (Allocation is null)
        {
            return;
        }

        // An allocation comes and goes, but never changes.
        if (old.Allocation is null)
        {
            Allocation.Validate(requests, path.Child("allocation"), errors);
        }
        else if (Allocation != old.Allocation)
        {
            errors.Invalid(path.Child("allocation"), new Verbatim(Allocation.GoText()), "field is immutable");
        }
    }

    private HashSet<string> AllocatedDevices() => [.. Allocation?.Devices.Results.Select(static result => result.Id) ?? []];
}

[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimConsumerReference")]
public sealed partial record ResourceClaimConsumerReference
{
    /// <summary>Group of the resource; empty for the core group.</summary>
    [Field(1)]
    public string ApiGroup { get; init; } = "";

    /// <summary>Resource of the object, e.g. pods.</summary>
    [Field(3, Required = true, Always = true)]
    public string Resource { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(4, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Identity of the object.</summary>
    [Field(5, Required = true, Always = true)]
    public string Uid { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("resource"), Resource);
        errors.NotEmpty(path.Child("name"), Name);
        errors.NotEmpty(path.Child("uid"), Uid);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.AllocationResult")]
public sealed partial record AllocationResult
{
    /// <summary>The devices.</summary>
    [Field(1, Always = true)]
    public DeviceAllocationResult Devices { get; init; } = DeviceAllocationResult.Empty;

    /// <summary>Where the devices can be used; everywhere when left out.</summary>
    [Field(3)]
    public NodeSelector? NodeSelector { get; init; }

    internal AllocationResult WithDefaults() => this with
    {
        Devices = Devices with
        {
            Results = Devices.Results.ConvertAll(static result => result with { Tolerations = result.Tolerations.ConvertAll(static toleration => toleration.WithDefaults()) }),
        },
    };

    internal AllocationResult WithoutAdminAccess() =>
        this with { Devices = Devices with { Results = Devices.Results.ConvertAll(static result => result with { AdminAccess = null }) } };

    internal void Validate(IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        Devices.Validate(requests, path.Child("devices"), errors);
        NodeSelector?.Validate(path.Child("nodeSelector"), errors);
    }

    /// <summary>As errors show it.</summary>
    internal string GoText() => $"resource.AllocationResult{{Devices:{Devices.GoText()}, NodeSelector:{GoSyntax.Pointer("core.NodeSelector", NodeSelector)}}}";
}
