using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial record PersistentVolumeClaimSpec
{
    /// <summary>How the volume is to be usable.</summary>
    [Field(1, Enum = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], ListType = "atomic")]
    public ApiList<string> AccessModes { get; init; }

    /// <summary>Which volumes come into question.</summary>
    [Field(4)]
    public LabelSelector? Selector { get; init; }

    /// <summary>How much storage is needed.</summary>
    [Field(2, Always = true)]
    public VolumeResourceRequirements Resources { get; init; } = VolumeResourceRequirements.Empty;

    /// <summary>Volume that the claim has.</summary>
    [Field(3)]
    public string VolumeName { get; init; } = "";

    /// <summary>Class of storage; the default one when left out, none when empty.</summary>
    [Field(5)]
    public string? StorageClassName { get; init; }

    /// <summary>Filesystem (when left out) or Block.</summary>
    [Field(6, Enum = ["Block", "Filesystem"])]
    public string? VolumeMode { get; init; }

    /// <summary>Snapshot or claim with which the volume begins.</summary>
    [Field(7)]
    public TypedLocalObjectReference? DataSource { get; init; }

    /// <summary>Object with which the volume begins: any kind, and with namespace also of another one.</summary>
    [Field(8)]
    public TypedObjectReference? DataSourceRef { get; init; }

    /// <summary>Class of settings that may be changed while the volume is in use.</summary>
    [Field(9)]
    public string? VolumeAttributesClassName { get; init; }

    internal PersistentVolumeClaimSpec WithDefaults() => this with
    {
        VolumeMode = VolumeMode ?? "Filesystem",
        Resources = Resources.WithDefaults(),
    };

    /// <summary>Without what belongs to features that are off (VolumeAttributesClass, CrossNamespaceVolumeDataSource), unless the stored claim uses it.</summary>
    internal PersistentVolumeClaimSpec WithoutDisabled(PersistentVolumeClaimSpec? old) => this with
    {
        VolumeAttributesClassName = FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass) || old?.VolumeAttributesClassName is not null ? VolumeAttributesClassName : null,
        DataSourceRef = DataSourceRef?.Namespace is { Length: > 0 } && !FeatureGates.IsOn(KnownFeatures.CrossNamespaceVolumeDataSource) && old?.DataSourceRef is null ? null : DataSourceRef,
    };

    /// <summary>Without a dataSource that old servers ignored: of any kind but claims and snapshots. Newer clients say dataSourceRef for those.</summary>
    internal PersistentVolumeClaimSpec WithoutIgnoredSource(PersistentVolumeClaimSpec? old)
    {
        var isFree = (old?.DataSource ?? (object?)old?.DataSourceRef) is null && DataSourceRef is null;
        var isKnown = DataSource is { Kind: "PersistentVolumeClaim", ApiGroup: null or "" } or { Kind: "VolumeSnapshot", ApiGroup: "snapshot.storage.k8s.io" };
        return isFree && !isKnown ? this with { DataSource = null } : this;
    }

    /// <summary>A new claim states its source in both fields.</summary>
    internal PersistentVolumeClaimSpec WithBothSources() => (DataSource, DataSourceRef) switch
    {
        ({ } source, null) => this with { DataSourceRef = new TypedObjectReference { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name } },
        (null, { Namespace: null or "" } source) => this with { DataSource = new TypedLocalObjectReference { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name } },
        _ => this,
    };

    /// <param name="old">The stored claim's, of which some mistakes are kept.</param>
    internal void Validate(FieldPath path, FieldErrors errors, PersistentVolumeClaimSpec? old = null)
    {
        if (AccessModes.IsEmpty)
        {
            errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        }

        Selector?.Validate(path.Child("selector"), errors);
        Core.AccessModes.Validate(AccessModes, path.Child("accessModes"), errors);
        if (!Resources.Requests.TryGetValue("storage", out var storage))
        {
            errors.Required(path.Child("resources").Key("storage"));
        }
        else
        {
            ResourceNames.ValidatePositive(storage, path.Child("resources").Key("storage"), errors);
        }

        if (StorageClassName is { Length: > 0 } className)
        {
            errors.DnsSubdomain(path.Child("storageClassName"), className);
        }

        if (VolumeMode is not null)
        {
            errors.OneOf(path.Child("volumeMode"), VolumeMode, "Block", "Filesystem");
        }

        ValidateSources(old?.DataSource?.ApiGroup is not null || old?.DataSourceRef?.ApiGroup is not null, path, errors);
        if (VolumeAttributesClassName is { Length: > 0 } attributes && old?.VolumeAttributesClassName is not null)
        {
            errors.DnsSubdomain(path.Child("volumeAttributesClassName"), attributes);
        }
    }

    private void ValidateSources(bool isAnyGroupAllowed, FieldPath path, FieldErrors errors)
    {
        if (DataSource is not null)
        {
            ValidateSource(DataSource.ApiGroup, DataSource.Kind, DataSource.Name, isAnyGroupAllowed, path.Child("dataSource"), errors);
        }

        var @namespace = DataSourceRef?.Namespace ?? "";
        if (DataSourceRef is not null)
        {
            ValidateSource(DataSourceRef.ApiGroup, DataSourceRef.Kind, DataSourceRef.Name, isAnyGroupAllowed, path.Child("dataSourceRef"), errors);
            if (@namespace.Length > 0)
            {
                errors.DnsLabel(path.Child("dataSourceRef", "namespace"), @namespace);
            }
        }

        // Upstream prints the path's own struct here, with addresses.
        var shown = new Verbatim("field.Path{name:\"dataSource\", index:\"\", parent:(*field.Path)(0xc000000000)}");
        if (DataSource is not null && @namespace.Length > 0)
        {
            errors.Invalid(path, shown, "may not be specified when dataSourceRef.namespace is specified");
        }
        else if (DataSource is not null && DataSourceRef is not null
            && (DataSource.ApiGroup, DataSource.Kind, DataSource.Name) != (DataSourceRef.ApiGroup, DataSourceRef.Kind, DataSourceRef.Name))
        {
            errors.Invalid(path, shown, "must match dataSourceRef");
        }
    }

    private static void ValidateSource(string? group, string kind, string name, bool isAnyGroupAllowed, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), name);
        errors.NotEmpty(path.Child("kind"), kind);
        if (group is null or "" && kind != "PersistentVolumeClaim")
        {
            errors.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        else if (group is { Length: > 0 } && !isAnyGroupAllowed)
        {
            errors.DnsSubdomain(path.Child("apiGroup"), group);
        }
    }
}
