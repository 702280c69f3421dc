using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>How a CSI driver is to be used; named like the driver.</summary>
[ApiType("io.k8s.api.storage.v1.CSIDriver")]
public sealed partial record CSIDriver : ApiObject, IResource<CSIDriver>, IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1", "CSIDriver", "csidrivers")
    {
        Columns = CSIDriverTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>How the driver is to be used.</summary>
    [Field(2, Required = true, Always = true)]
    public CSIDriverSpec Spec { get; init; } = CSIDriverSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabled(old: null) };

    /// <summary>Changes of what nodes act on are counted, though new objects have no generation.</summary>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var known = (CSIDriver)old;
        var spec = Spec.WithoutDisabled(known.Spec);
        var isSame = (spec.TokenRequests, spec.RequiresRepublish, spec.SeLinuxMount) == (known.Spec.TokenRequests, known.Spec.RequiresRepublish, known.Spec.SeLinuxMount);
        return this with { Metadata = Metadata with { Generation = known.Metadata.Generation + (isSame ? 0 : 1) }, Spec = spec };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => CSIDriverTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var (path, known) = (FieldPath.Root.Child("spec"), ((CSIDriver)old).Spec);
        Validate(errors);

        // The extra letters are upstream's.
        errors.Immutable(path.Child("attachedRequired"), Spec.AttachRequired, known.AttachRequired);
        if (Spec.VolumeLifecycleModes != known.VolumeLifecycleModes)
        {
            errors.Invalid(path.Child("volumeLifecycleModes"), GoSyntax.Strings(Spec.VolumeLifecycleModes, "storage.VolumeLifecycleMode"), "field is immutable");
        }
    }
}

[ApiType("io.k8s.api.storage.v1.CSIDriverSpec")]
public sealed partial record CSIDriverSpec
{
    private const int UpdatePeriodMin = 10;

    /// <summary>Volumes must be attached to a node before they are mounted (when left out). Cannot be changed.</summary>
    [Field(1)]
    public bool? AttachRequired { get; init; }

    /// <summary>The driver is told about the pod for which it mounts a volume.</summary>
    [Field(2)]
    public bool? PodInfoOnMount { get; init; }

    /// <summary>Persistent (when left out), Ephemeral or both: what kinds of volumes the driver makes. Cannot be changed.</summary>
    [Field(3, ListType = "set")]
    public ApiList<string> VolumeLifecycleModes { get; init; }

    /// <summary>Pods that wait for volumes go only where the driver says that there is room for them (CSIStorageCapacity).</summary>
    [Field(4)]
    public bool? StorageCapacity { get; init; }

    /// <summary>Who may change owner and permissions of files to the pod's: ReadWriteOnceWithFSType (when left out), File or None.</summary>
    [Field(5)]
    public string? FsGroupPolicy { get; init; }

    /// <summary>Tokens of the pod's service account that the driver gets, one for each audience.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<TokenRequest> TokenRequests { get; init; }

    /// <summary>The driver is called again and again to keep what it has mounted up to date.</summary>
    [Field(7)]
    public bool? RequiresRepublish { get; init; }

    /// <summary>The driver can mount with an SELinux context.</summary>
    [Field(8)]
    public bool? SeLinuxMount { get; init; }

    /// <summary>Seconds after which nodes ask the driver again how many volumes they can have, at least 10; never when left out.</summary>
    [Field(9)]
    public long? NodeAllocatableUpdatePeriodSeconds { get; init; }

    internal CSIDriverSpec WithDefaults() => this with
    {
        AttachRequired = AttachRequired ?? true,
        PodInfoOnMount = PodInfoOnMount ?? false,
        VolumeLifecycleModes = VolumeLifecycleModes.IsEmpty ? ["Persistent"] : VolumeLifecycleModes,
        StorageCapacity = StorageCapacity ?? false,
        FsGroupPolicy = FsGroupPolicy ?? "ReadWriteOnceWithFSType",
        RequiresRepublish = RequiresRepublish ?? false,
        SeLinuxMount = SeLinuxMount ?? false,
    };

    /// <summary>Without what belongs to a feature that is off (MutableCSINodeAllocatableCount), unless the stored object uses it.</summary>
    internal CSIDriverSpec WithoutDisabled(CSIDriverSpec? old) =>
        FeatureGates.IsOn(KnownFeatures.MutableCSINodeAllocatableCount) || old?.NodeAllocatableUpdatePeriodSeconds is not null
            ? this
            : this with { NodeAllocatableUpdatePeriodSeconds = null };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (FsGroupPolicy is { } policy)
        {
            errors.OneOf(path.Child("fsGroupPolicy"), policy, "File", "None", "ReadWriteOnceWithFSType");
        }

        TokenRequest.ValidateAll(TokenRequests, path.Child("tokenRequests"), errors);
        foreach (var mode in VolumeLifecycleModes)
        {
            errors.OneOf(path.Child("volumeLifecycleModes"), mode, "Persistent", "Ephemeral");
        }

        if (NodeAllocatableUpdatePeriodSeconds is < UpdatePeriodMin)
        {
            errors.Invalid(path.Child("nodeAllocatableUpdatePeriodSeconds"), NodeAllocatableUpdatePeriodSeconds, "must be greater than or equal to 10 seconds");
        }
    }
}

[ApiType("io.k8s.api.storage.v1.TokenRequest")]
public sealed partial record TokenRequest
{
    private const long SecondsMin = 600;

    private const long SecondsMax = 1L << 32;

    /// <summary>For whom the token is; the API server when empty.</summary>
    [Field(1, Required = true, Always = true)]
    public string Audience { get; init; } = "";

    /// <summary>Seconds for which the token is good.</summary>
    [Field(2)]
    public long? ExpirationSeconds { get; init; }

    internal static void ValidateAll(ApiList<TokenRequest> requests, FieldPath path, FieldErrors errors)
    {
        var audiences = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < requests.Count; i++)
        {
            var (request, at) = (requests[i], path.Index(i));
            if (!audiences.Add(request.Audience))
            {
                errors.Duplicate(at.Child("audience"), request.Audience);
            }
            else if (request.ExpirationSeconds is < SecondsMin)
            {
                errors.Invalid(at.Child("expirationSeconds"), request.ExpirationSeconds, "may not specify a duration less than 10 minutes");
            }
            else if (request.ExpirationSeconds is > SecondsMax)
            {
                errors.Invalid(at.Child("expirationSeconds"), request.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }
}
