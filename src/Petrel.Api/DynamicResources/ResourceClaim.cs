using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>Asks for devices that pods then use, and says which it got (KEP-4381).</summary>
[ApiType("io.k8s.api.resource.v1beta2.ResourceClaim")]
public sealed partial record ResourceClaim
    : ApiObject, IResource<ResourceClaim>, IHasDefaults, IHasStatus, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("resource.k8s.io", "v1beta2", "ResourceClaim", "resourceclaims")
    {
        Columns =
        [
            Column.ObjectName,
            new("State", Description: "A summary of the current state (allocated, pending, reserved, etc.)."),
            Column.Age,
        ],
        Feature = KnownFeatures.DynamicResourceAllocation,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is asked for. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimSpec Spec { get; init; } = ResourceClaimSpec.Empty;

    /// <summary>What was allocated, and for whom.</summary>
    [Field(3, Always = true)]
    public ResourceClaimStatus Status { get; init; } = ResourceClaimStatus.Empty;

    /// <summary>The claim, whichever of its versions it is in.</summary>
    public static ResourceClaim Of(ApiObject value) => value is V1Beta1.ResourceClaim earlier ? earlier.ToStorage() : (ResourceClaim)value;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults(), Status = Status.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => (this with { Status = ResourceClaimStatus.Empty }).WithoutDisabled(null);

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var known = (ResourceClaim)old;
        return (this with { Status = known.Status }).WithoutDisabled(known);
    }

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((ResourceClaim)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var known = (ResourceClaim)old;
        return (this with { Spec = known.Spec, Status = Status.WithoutDeallocated(known.Status) }).WithoutDisabled(known);
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => [Metadata.Name, State(), TableText.Age(Metadata.CreationTimestamp, now)];

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(isOld: false, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        // Upstream checks a changed claim as a new one and as a changed one.
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        if (Spec != ((ResourceClaim)old).Spec)
        {
            errors.Invalid(FieldPath.Root.Child("spec"), new Verbatim(Spec.GoText()), "field is immutable");
        }

        Spec.Validate(isOld: true, FieldPath.Root.Child("spec"), errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.ValidateUpdate(
        ((ResourceClaim)old).Status, Metadata.DeletionTimestamp is not null, Spec.Devices.RequestNames(), FieldPath.Root.Child("status"), errors);

    private ResourceClaim WithoutDisabled(ResourceClaim? old)
    {
        var keepsAdminAccess = old is not null && (old.Spec.Devices.UsesAdminAccess || old.Status.UsesAdminAccess);
        return this with
        {
            Spec = Spec with { Devices = Spec.Devices.WithoutDisabled(old?.Spec.Devices.UsesAlternatives == true, keepsAdminAccess) },
            Status = Status.WithoutDisabled(old?.Status.Devices.IsEmpty == false, keepsAdminAccess),
        };
    }

    private string State()
    {
        var states = new List<string>();
        if (Metadata.DeletionTimestamp is not null)
        {
            states.Add("deleted");
        }
        else if (Status.Allocation is null)
        {
            states.Add("pending");
        }

        if (Status.Allocation is not null)
        {
            states.Add("allocated");
            if (!Status.ReservedFor.IsEmpty)
            {
                states.Add("reserved");
            }
        }

        return string.Join(',', states);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimSpec")]
public sealed partial record ResourceClaimSpec
{
    /// <summary>The devices.</summary>
    [Field(1, Always = true)]
    public DeviceClaim Devices { get; init; } = DeviceClaim.Empty;

    internal ResourceClaimSpec WithDefaults() => this with { Devices = Devices.WithDefaults() };

    internal void Validate(bool isOld, FieldPath path, FieldErrors errors) => Devices.Validate(isOld, path.Child("devices"), errors);

    /// <summary>As errors show it.</summary>
    internal string GoText() => $"resource.ResourceClaimSpec{{Devices:{Devices.GoText()}}}";
}
