using Petrel.Api.Features;
using Petrel.Api.Schema;
using Petrel.Api.Schema.GoDifferences;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeSpec")]
public sealed partial record PersistentVolumeSpec
{
    /// <summary>How much storage the volume has.</summary>
    [Field(1)]
    public ApiMap<Quantity> Capacity { get; init; }

    /// <summary>A disk of Google Compute Engine. Deprecated; goes through CSI.</summary>
    [Field(1, Inside = 2)]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    /// <summary>A disk of AWS. Deprecated; goes through CSI.</summary>
    [Field(2, Inside = 2)]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    /// <summary>A path of the node, for tests on a single node.</summary>
    [Field(3, Inside = 2)]
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>A GlusterFS volume. Deprecated.</summary>
    [Field(4, Inside = 2)]
    public GlusterfsPersistentVolumeSource? Glusterfs { get; init; }

    /// <summary>A path of an NFS server.</summary>
    [Field(5, Inside = 2)]
    public NFSVolumeSource? Nfs { get; init; }

    /// <summary>A Ceph block device. Deprecated.</summary>
    [Field(6, Inside = 2)]
    public RBDPersistentVolumeSource? Rbd { get; init; }

    /// <summary>A disk of an iSCSI target.</summary>
    [Field(7, Inside = 2)]
    public ISCSIPersistentVolumeSource? Iscsi { get; init; }

    /// <summary>A disk of OpenStack. Deprecated; goes through CSI.</summary>
    [Field(8, Inside = 2)]
    public CinderPersistentVolumeSource? Cinder { get; init; }

    /// <summary>A Ceph file system. Deprecated.</summary>
    [Field(9, Inside = 2)]
    public CephFSPersistentVolumeSource? Cephfs { get; init; }

    /// <summary>A disk on Fibre Channel.</summary>
    [Field(10, Inside = 2)]
    public FCVolumeSource? Fc { get; init; }

    /// <summary>A Flocker volume. Deprecated.</summary>
    [Field(11, Inside = 2)]
    public FlockerVolumeSource? Flocker { get; init; }

    /// <summary>A volume of an exec-based driver. Deprecated; use CSI.</summary>
    [Field(12, Inside = 2)]
    public FlexPersistentVolumeSource? FlexVolume { get; init; }

    /// <summary>A file share of Azure. Deprecated; goes through CSI.</summary>
    [Field(13, Inside = 2)]
    public AzureFilePersistentVolumeSource? AzureFile { get; init; }

    /// <summary>A disk of vSphere. Deprecated; goes through CSI.</summary>
    [Field(14, Inside = 2)]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    /// <summary>A Quobyte volume. Deprecated.</summary>
    [Field(15, Inside = 2)]
    public QuobyteVolumeSource? Quobyte { get; init; }

    /// <summary>A disk of Azure. Deprecated; goes through CSI.</summary>
    [Field(16, Inside = 2)]
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    /// <summary>A Photon disk. Deprecated.</summary>
    [Field(17, Inside = 2)]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>A Portworx volume. Deprecated; goes through CSI.</summary>
    [Field(18, Inside = 2)]
    public PortworxVolumeSource? PortworxVolume { get; init; }

    /// <summary>A ScaleIO volume. Deprecated.</summary>
    [Field(19, Inside = 2)]
    public ScaleIOPersistentVolumeSource? ScaleIO { get; init; }

    /// <summary>Storage of one node; needs a node affinity.</summary>
    [Field(20, Inside = 2)]
    public LocalVolumeSource? Local { get; init; }

    /// <summary>A StorageOS volume. Deprecated.</summary>
    [Field(21, Inside = 2)]
    public StorageOSPersistentVolumeSource? Storageos { get; init; }

    /// <summary>A volume of a CSI driver.</summary>
    [Field(22, Inside = 2)]
    public CSIPersistentVolumeSource? Csi { get; init; }

    /// <summary>How the volume can be mounted.</summary>
    [Field(3, Enum = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], ListType = "atomic")]
    public ApiList<string> AccessModes { get; init; }

    /// <summary>Claim that has the volume, or is to have it.</summary>
    [Field(4, MapType = "granular")]
    public ObjectReference? ClaimRef { get; init; }

    /// <summary>What happens to the volume when its claim is gone: Retain (when left out), Delete or Recycle (deprecated).</summary>
    [Field(5, Enum = ["Delete", "Recycle", "Retain"])]
    public string PersistentVolumeReclaimPolicy { get; init; } = "";

    /// <summary>Class of storage; none when empty.</summary>
    [Field(6)]
    public string StorageClassName { get; init; } = "";

    /// <summary>Options of the mount, e.g. ro; not checked, a mount with a wrong one fails.</summary>
    [Field(7, ListType = "atomic")]
    public ApiList<string> MountOptions { get; init; }

    /// <summary>Filesystem (when left out) or Block.</summary>
    [Field(8, Enum = ["Block", "Filesystem"])]
    public string? VolumeMode { get; init; }

    /// <summary>Nodes from which the volume can be reached; all when left out.</summary>
    [Field(9)]
    public VolumeNodeAffinity? NodeAffinity { get; init; }

    /// <summary>Class of settings that may be changed while the volume is in use.</summary>
    [Field(10)]
    public string? VolumeAttributesClassName { get; init; }

    /// <summary>The source is of a kind that is mounted with options.</summary>
    internal bool HasMountedSource => GcePersistentDisk is not null || AwsElasticBlockStore is not null || Glusterfs is not null || Nfs is not null || Rbd is not null
        || Quobyte is not null || Iscsi is not null || Cinder is not null || Cephfs is not null || AzureFile is not null || VsphereVolume is not null || AzureDisk is not null
        || PhotonPersistentDisk is not null || Flocker is not null || ScaleIO is not null || Fc is not null || PortworxVolume is not null;

    /// <summary>Defaults of whatever the source is; also for volumes that an attachment states inline.</summary>
    internal PersistentVolumeSpec WithSourceDefaults() => this with
    {
        Capacity = Capacity.WithDefaults(),
        HostPath = HostPath?.WithDefaults(),
        Rbd = Rbd?.WithDefaults(),
        Iscsi = Iscsi?.WithDefaults(),
        AzureDisk = AzureDisk?.WithDefaults(),
        ScaleIO = ScaleIO?.WithDefaults(),
    };

    /// <summary>Without what belongs to a feature that is off (VolumeAttributesClass), unless the stored volume uses it.</summary>
    internal PersistentVolumeSpec WithoutDisabled(PersistentVolumeSpec? old) =>
        FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass) || old?.VolumeAttributesClassName is not null ? this : this with { VolumeAttributesClassName = null };

    /// <summary>What a volume keeps for ever: its source, its mode, and where it can be reached from once that is known.</summary>
    internal void ValidateUpdate(PersistentVolumeSpec old, FieldErrors errors)
    {
        // The secret for growing may be added later.
        var source = old.Csi is { ControllerExpandSecretRef: null } && Csi is not null ? this with { Csi = Csi with { ControllerExpandSecretRef = null } } : this;
        if (source.SourceOnly != old.SourceOnly)
        {
            errors.Forbidden(FieldPath.Root.Child("spec", "persistentvolumesource"), $"spec.persistentvolumesource is immutable after creation\n{GoDifference.OfSources(old, source)}");
        }

        errors.Immutable(FieldPath.Root.Child("volumeMode"), VolumeMode, old.VolumeMode);
        if (old.NodeAffinity is not null && NodeAffinity?.IsSameAs(old.NodeAffinity) != true)
        {
            var shown = NodeAffinity is null ? "\"null\"" : $"core.VolumeNodeAffinity{{Required:{GoSyntax.Pointer("core.NodeSelector", NodeAffinity.Required)}}}";
            errors.Invalid(FieldPath.Root.Child("nodeAffinity"), new Verbatim(shown), "field is immutable");
        }

        ValidateAttributesClass(old, errors);
    }

    private void ValidateAttributesClass(PersistentVolumeSpec old, FieldErrors errors)
    {
        if (VolumeAttributesClassName == old.VolumeAttributesClassName)
        {
            return;
        }

        var path = FieldPath.Root.Child("spec", "volumeAttributesClassName");
        if (!FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass))
        {
            errors.Forbidden(path, "update is forbidden when the VolumeAttributesClass feature gate is disabled");
        }

        if (VolumeAttributesClassName is null)
        {
            errors.Forbidden(path, "update from non-nil value to nil is forbidden");
        }
        else if (VolumeAttributesClassName.Length == 0)
        {
            errors.Forbidden(path, "update from non-nil value to an empty string is forbidden");
        }
    }

    private PersistentVolumeSpec SourceOnly => this with
    {
        Capacity = default,
        AccessModes = default,
        ClaimRef = null,
        PersistentVolumeReclaimPolicy = "",
        StorageClassName = "",
        MountOptions = default,
        VolumeMode = null,
        NodeAffinity = null,
        VolumeAttributesClassName = null,
    };
}
