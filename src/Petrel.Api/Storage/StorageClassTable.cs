using Petrel.Api.Resources;

namespace Petrel.Api.Storage;

/// <summary>A storage class as a row.</summary>
internal static class StorageClassTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Provisioner", Description: "provisioner indicates the type of the provisioner."),
        new("ReclaimPolicy", Description:
            "reclaimPolicy controls the reclaimPolicy for dynamically provisioned PersistentVolumes of this storage class. Defaults to Delete."),
        new("VolumeBindingMode", Description:
            "volumeBindingMode indicates how PersistentVolumeClaims should be provisioned and bound.  When unset, VolumeBindingImmediate is used. This field is only "
            + "honored by servers that enable the VolumeScheduling feature."),
        new("AllowVolumeExpansion", Description: "allowVolumeExpansion shows whether the storage class allow volume expand."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(StorageClass value, DateTimeOffset now) =>
    [
        value.Metadata.Name + (value.IsDefault ? " (default)" : ""),
        value.Provisioner,
        value.ReclaimPolicy ?? "Delete",
        value.VolumeBindingMode ?? "Immediate",
        value.AllowVolumeExpansion ?? false,
        TableText.Age(value.Metadata.CreationTimestamp, now),
    ];
}
