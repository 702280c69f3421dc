using Petrel.Api.Resources;

namespace Petrel.Api.Storage;

/// <summary>A volume attachment as a row.</summary>
internal static class VolumeAttachmentTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Attacher", Format: "name", Description:
            "attacher indicates the name of the volume driver that MUST handle this request. This is the name returned by GetPluginName()."),
        new("PV", Description: "persistentVolumeName represents the name of the persistent volume to attach."),
        new("Node", Description: "nodeName represents the node that the volume should be attached to."),
        new("Attached", "boolean", Description:
            "attached indicates the volume is successfully attached. This field must only be set by the entity completing the attach operation, i.e. the external-attacher."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(VolumeAttachment attachment, DateTimeOffset now) =>
    [
        attachment.Metadata.Name,
        attachment.Spec.Attacher,
        attachment.Spec.Source.PersistentVolumeName ?? "",
        attachment.Spec.NodeName,
        attachment.Status.Attached,
        TableText.Age(attachment.Metadata.CreationTimestamp, now),
    ];
}
