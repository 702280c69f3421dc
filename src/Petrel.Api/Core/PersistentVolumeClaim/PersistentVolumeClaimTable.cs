using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A claim as a row.</summary>
internal static class PersistentVolumeClaimTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Status", Description: "phase represents the current phase of PersistentVolumeClaim."),
        new("Volume", Description: "volumeName is the binding reference to the PersistentVolume backing this claim."),
        new("Capacity", Description: "capacity represents the actual resources of the underlying volume."),
        new("Access Modes", Description:
            "accessModes contains the actual access modes the volume backing the PVC has. More info: "
            + "https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes-1"),
        new("StorageClass", Description: "StorageClass of the pvc"),
        new("VolumeAttributesClass", Description: "VolumeAttributesClass of the pvc"),
        Column.Age,
        new("VolumeMode", Priority: 1, Description:
            "volumeMode defines what type of volume is required by the claim. Value of Filesystem is implied when not included in claim spec."),
    ];

    public static IReadOnlyList<object?> Cells(PersistentVolumeClaim claim, DateTimeOffset now)
    {
        var hasVolume = claim.Spec.VolumeName.Length > 0;
        return
        [
            claim.Metadata.Name,
            claim.Metadata.DeletionTimestamp is null ? claim.Status.Phase : "Terminating",
            claim.Spec.VolumeName,
            hasVolume ? claim.Status.Capacity.GetValueOrDefault("storage").ToString() : "",
            hasVolume ? AccessModes.Short(claim.Status.AccessModes) : "",
            claim.ClassName,
            claim.Spec.VolumeAttributesClassName ?? PersistentVolumeTable.Unset,
            TableText.Age(claim.Metadata.CreationTimestamp, now),
            claim.Spec.VolumeMode ?? PersistentVolumeTable.Unset,
        ];
    }
}
