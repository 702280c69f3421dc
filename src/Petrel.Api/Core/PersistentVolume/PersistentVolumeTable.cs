using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A persistent volume as a row.</summary>
internal static class PersistentVolumeTable
{
    /// <summary>Shown for what a volume or claim does not state.</summary>
    public const string Unset = "<unset>";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Capacity", Description:
            "capacity is the description of the persistent volume's resources and capacity. More info: "
            + "https://kubernetes.io/docs/concepts/storage/persistent-volumes#capacity"),
        new("Access Modes", Description:
            "accessModes contains all ways the volume can be mounted. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes"),
        new("Reclaim Policy", Description:
            "persistentVolumeReclaimPolicy defines what happens to a persistent volume when released from its claim. Valid options are Retain (default for manually "
            + "created PersistentVolumes), Delete (default for dynamically provisioned PersistentVolumes), and Recycle (deprecated). Recycle must be supported by the "
            + "volume plugin underlying this PersistentVolume. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#reclaiming"),
        new("Status", Description:
            "phase indicates if a volume is available, bound to a claim, or released by a claim. More info: "
            + "https://kubernetes.io/docs/concepts/storage/persistent-volumes#phase"),
        new("Claim", Description:
            "claimRef is part of a bi-directional binding between PersistentVolume and PersistentVolumeClaim. Expected to be non-nil when bound. claim.VolumeName is "
            + "the authoritative bind between PV and PVC. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#binding"),
        new("StorageClass", Description: "StorageClass of the pv"),
        new("VolumeAttributesClass", Description: "VolumeAttributesClass of the pv"),
        new("Reason", Description:
            "reason is a brief CamelCase string that describes any failure and is meant for machine parsing and tidy display in the CLI."),
        Column.Age,
        new("VolumeMode", Priority: 1, Description:
            "volumeMode defines if a volume is intended to be used with a formatted filesystem or to remain in raw block state. Value of Filesystem is implied when not "
            + "included in spec."),
    ];

    public static IReadOnlyList<object?> Cells(PersistentVolume volume, DateTimeOffset now) =>
    [
        volume.Metadata.Name,
        volume.Spec.Capacity.GetValueOrDefault("storage").ToString(),
        AccessModes.Short(volume.Spec.AccessModes),
        volume.Spec.PersistentVolumeReclaimPolicy,
        volume.Metadata.DeletionTimestamp is null ? volume.Status.Phase : "Terminating",
        volume.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : "",
        volume.ClassName,
        volume.Spec.VolumeAttributesClassName ?? Unset,
        volume.Status.Reason,
        TableText.Age(volume.Metadata.CreationTimestamp, now),
        volume.Spec.VolumeMode ?? Unset,
    ];
}
