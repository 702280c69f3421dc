using Petrel.Api.Core;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>All types that this node cannot mount, refused by name.</summary>
internal sealed class UnsupportedPlugin : IVolumePlugin
{
    /// <inheritdoc/>
    public bool Handles(Volume volume) => true;

    /// <inheritdoc/>
    public Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken) =>
        throw new VolumeProblemException($"no volume plugin matched: {TypeOf(volume.Volume)} volumes are not supported by this node");

    private static string TypeOf(Volume volume) => volume switch
    {
        { PersistentVolumeClaim: not null } => "persistentVolumeClaim",
        { Ephemeral: not null } => "ephemeral",
        { Csi: not null } => "csi",
        { Nfs: not null } => "nfs",
        { Iscsi: not null } => "iscsi",
        { Fc: not null } => "fc",
        { Image: not null } => "image",
        { GitRepo: not null } => "gitRepo",
        { FlexVolume: not null } => "flexVolume",
        { Cephfs: not null } => "cephfs",
        { Rbd: not null } => "rbd",
        { Glusterfs: not null } => "glusterfs",
        { Cinder: not null } => "cinder",
        { GcePersistentDisk: not null } => "gcePersistentDisk",
        { AwsElasticBlockStore: not null } => "awsElasticBlockStore",
        { AzureDisk: not null } => "azureDisk",
        { AzureFile: not null } => "azureFile",
        { VsphereVolume: not null } => "vsphereVolume",
        { PhotonPersistentDisk: not null } => "photonPersistentDisk",
        { PortworxVolume: not null } => "portworxVolume",
        { Quobyte: not null } => "quobyte",
        { ScaleIO: not null } => "scaleIO",
        { Storageos: not null } => "storageos",
        { Flocker: not null } => "flocker",
        _ => "unknown",
    };
}
