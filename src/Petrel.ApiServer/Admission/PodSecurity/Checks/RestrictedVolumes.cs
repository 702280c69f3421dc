using Petrel.Api.Core;
using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Volumes are those that need no trust in the pod.</summary>
internal static class RestrictedVolumes
{
    public static PodCheck Check { get; } = new("restrictedVolumes", SecurityLevel.Restricted, (0, OfPod)) { Overrides = "hostPathVolumes" };

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var bad = pod.Spec.Volumes.Where(static volume => !IsAllowed(volume)).ToList();
        if (bad.Count == 0)
        {
            return null;
        }

        var types = Sorted(bad.Select(TypeOf));
        return new CheckFailure(
            "restricted volume types",
            $"{Plural("volume", bad.Count)} {Quoted(bad.Select(static volume => volume.Name))} {(bad.Count == 1 ? "uses" : "use")} {Plural("restricted volume type", types.Count)} {Quoted(types)}");
    }

    private static bool IsAllowed(Volume volume) => volume.ConfigMap is not null || volume.Csi is not null || volume.DownwardAPI is not null || volume.EmptyDir is not null
        || volume.Ephemeral is not null || volume.PersistentVolumeClaim is not null || volume.Projected is not null || volume.Secret is not null || volume.Image is not null;

    private static string TypeOf(Volume volume) => volume switch
    {
        { HostPath: not null } => "hostPath",
        { GcePersistentDisk: not null } => "gcePersistentDisk",
        { AwsElasticBlockStore: not null } => "awsElasticBlockStore",
        { GitRepo: not null } => "gitRepo",
        { Nfs: not null } => "nfs",
        { Iscsi: not null } => "iscsi",
        { Glusterfs: not null } => "glusterfs",
        { Rbd: not null } => "rbd",
        { FlexVolume: not null } => "flexVolume",
        { Cinder: not null } => "cinder",
        { Cephfs: not null } => "cephfs",
        { Flocker: not null } => "flocker",
        { Fc: not null } => "fc",
        { AzureFile: not null } => "azureFile",
        { VsphereVolume: not null } => "vsphereVolume",
        { Quobyte: not null } => "quobyte",
        { AzureDisk: not null } => "azureDisk",
        { PhotonPersistentDisk: not null } => "photonPersistentDisk",
        { PortworxVolume: not null } => "portworxVolume",
        { ScaleIO: not null } => "scaleIO",
        { Storageos: not null } => "storageos",
        _ => "unknown",
    };
}
