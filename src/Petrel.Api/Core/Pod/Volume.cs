using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Volume")]
public sealed partial record Volume
{
    /// <summary>Permission bits of files from the API that state none.</summary>
    internal const int DefaultMode = 420; // octal 0644

    /// <summary>Name by which containers mount it; unique in the pod.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>A path of the node. Gives the pod access to the machine.</summary>
    [Field(1, Inside = 2)]
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>A directory that begins empty and lives as long as the pod.</summary>
    [Field(2, Inside = 2)]
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>A disk of Google Compute Engine. Deprecated; goes through CSI.</summary>
    [Field(3, Inside = 2)]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    /// <summary>A disk of AWS. Deprecated; goes through CSI.</summary>
    [Field(4, Inside = 2)]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    /// <summary>A checked-out git repository. Deprecated; clone into an emptyDir instead.</summary>
    [Field(5, Inside = 2)]
    public GitRepoVolumeSource? GitRepo { get; init; }

    /// <summary>Keys of a secret as files.</summary>
    [Field(6, Inside = 2)]
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>A path of an NFS server.</summary>
    [Field(7, Inside = 2)]
    public NFSVolumeSource? Nfs { get; init; }

    /// <summary>A disk of an iSCSI target.</summary>
    [Field(8, Inside = 2)]
    public ISCSIVolumeSource? Iscsi { get; init; }

    /// <summary>A GlusterFS volume. Deprecated.</summary>
    [Field(9, Inside = 2)]
    public GlusterfsVolumeSource? Glusterfs { get; init; }

    /// <summary>A volume that a claim has.</summary>
    [Field(10, Inside = 2)]
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    /// <summary>A Ceph block device. Deprecated.</summary>
    [Field(11, Inside = 2)]
    public RBDVolumeSource? Rbd { get; init; }

    /// <summary>A volume of an exec-based driver. Deprecated; use CSI.</summary>
    [Field(12, Inside = 2)]
    public FlexVolumeSource? FlexVolume { get; init; }

    /// <summary>A disk of OpenStack. Deprecated; goes through CSI.</summary>
    [Field(13, Inside = 2)]
    public CinderVolumeSource? Cinder { get; init; }

    /// <summary>A Ceph file system. Deprecated.</summary>
    [Field(14, Inside = 2)]
    public CephFSVolumeSource? Cephfs { get; init; }

    /// <summary>A Flocker volume. Deprecated.</summary>
    [Field(15, Inside = 2)]
    public FlockerVolumeSource? Flocker { get; init; }

    /// <summary>Fields of the pod as files.</summary>
    [Field(16, Inside = 2)]
    public DownwardAPIVolumeSource? DownwardAPI { get; init; }

    /// <summary>A disk on Fibre Channel.</summary>
    [Field(17, Inside = 2)]
    public FCVolumeSource? Fc { get; init; }

    /// <summary>A file share of Azure. Deprecated; goes through CSI.</summary>
    [Field(18, Inside = 2)]
    public AzureFileVolumeSource? AzureFile { get; init; }

    /// <summary>Keys of a config map as files.</summary>
    [Field(19, Inside = 2)]
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    /// <summary>A disk of vSphere. Deprecated; goes through CSI.</summary>
    [Field(20, Inside = 2)]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    /// <summary>A Quobyte volume. Deprecated.</summary>
    [Field(21, Inside = 2)]
    public QuobyteVolumeSource? Quobyte { get; init; }

    /// <summary>A disk of Azure. Deprecated; goes through CSI.</summary>
    [Field(22, Inside = 2)]
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    /// <summary>A Photon disk. Deprecated.</summary>
    [Field(23, Inside = 2)]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>Several sources in one directory.</summary>
    [Field(26, Inside = 2)]
    public ProjectedVolumeSource? Projected { get; init; }

    /// <summary>A Portworx volume. Deprecated; goes through CSI.</summary>
    [Field(24, Inside = 2)]
    public PortworxVolumeSource? PortworxVolume { get; init; }

    /// <summary>A ScaleIO volume. Deprecated.</summary>
    [Field(25, Inside = 2)]
    public ScaleIOVolumeSource? ScaleIO { get; init; }

    /// <summary>A StorageOS volume. Deprecated.</summary>
    [Field(27, Inside = 2)]
    public StorageOSVolumeSource? Storageos { get; init; }

    /// <summary>A volume that a CSI driver makes for the pod.</summary>
    [Field(28, Inside = 2)]
    public CSIVolumeSource? Csi { get; init; }

    /// <summary>A volume of a claim that is made for the pod and goes with it.</summary>
    [Field(29, Inside = 2)]
    public EphemeralVolumeSource? Ephemeral { get; init; }

    /// <summary>The content of an image or artifact, for reading.</summary>
    [Field(30, Inside = 2)]
    public ImageVolumeSource? Image { get; init; }

    /// <summary>A volume without a source is an empty directory.</summary>
    internal Volume WithDefaults() => IsWithoutSource ? this with { EmptyDir = EmptyDirVolumeSource.Empty } : this with
    {
        HostPath = HostPath?.WithDefaults(),
        Secret = Secret?.WithDefaults(),
        Iscsi = Iscsi?.WithDefaults(),
        Rbd = Rbd?.WithDefaults(),
        DownwardAPI = DownwardAPI?.WithDefaults(),
        ConfigMap = ConfigMap?.WithDefaults(),
        AzureDisk = AzureDisk?.WithDefaults(),
        Projected = Projected?.WithDefaults(),
        ScaleIO = ScaleIO?.WithDefaults(),
        Ephemeral = Ephemeral?.WithDefaults(),
        Image = Image?.WithDefaults(),
    };

    internal bool IsWithoutSource => this == Empty with { Name = Name };

    internal void Validate(PodRules rules, FieldPath path, FieldErrors errors)
    {
        var sources = new VolumeSourceCount(errors, path);
        ValidateLocal(ref sources, path, errors);
        ValidateNetwork(ref sources, path, errors);
        ValidateRest(ref sources, rules, path, errors);
        if (sources.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }

        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.DnsLabel(path.Child("name"), Name);
        }
    }

    // The order of these checks is the order in which errors are listed.
    private void ValidateLocal(ref VolumeSourceCount sources, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(EmptyDir, "emptyDir"))
        {
            EmptyDir!.Validate(path.Child("emptyDir"), errors);
        }

        if (sources.IsFirst(HostPath, "hostPath"))
        {
            HostPath!.Validate(path.Child("hostPath"), errors);
        }

        if (sources.IsFirst(GitRepo, "gitRepo"))
        {
            GitRepo!.Validate(path.Child("gitRepo"), errors);
        }

        if (sources.IsFirst(GcePersistentDisk, "gcePersistentDisk"))
        {
            GcePersistentDisk!.Validate(path.Child("persistentDisk"), errors);
        }

        if (sources.IsFirst(AwsElasticBlockStore, "awsElasticBlockStore"))
        {
            AwsElasticBlockStore!.Validate(path.Child("awsElasticBlockStore"), errors);
        }

        if (sources.IsFirst(Secret, "secret"))
        {
            Secret!.Validate(path.Child("secret"), errors);
        }
    }

    private void ValidateNetwork(ref VolumeSourceCount sources, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(Nfs, "nfs"))
        {
            Nfs!.Validate(path.Child("nfs"), errors);
        }

        if (sources.IsFirst(Iscsi, "iscsi"))
        {
            Iscsi!.Validate(Name, path, errors);
        }

        if (sources.IsFirst(Glusterfs, "glusterfs"))
        {
            Glusterfs!.Validate(path.Child("glusterfs"), errors);
        }

        if (sources.IsFirst(Flocker, "flocker"))
        {
            Flocker!.Validate(path.Child("flocker"), errors);
        }

        if (sources.IsFirst(PersistentVolumeClaim, "persistentVolumeClaim"))
        {
            errors.NotEmpty(path.Child("persistentVolumeClaim", "claimName"), PersistentVolumeClaim!.ClaimName);
        }

        if (sources.IsFirst(Rbd, "rbd"))
        {
            Rbd!.Validate(path.Child("rbd"), errors);
        }

        if (sources.IsFirst(Cinder, "cinder"))
        {
            Cinder!.Validate(path.Child("cinder"), errors);
        }

        if (sources.IsFirst(Cephfs, "cephFS") && Cephfs!.Monitors.IsEmpty)
        {
            errors.Required(path.Child("cephfs", "monitors"));
        }

        if (sources.IsFirst(Quobyte, "quobyte"))
        {
            Quobyte!.Validate(path.Child("quobyte"), errors);
        }

        // The missing letter is upstream's.
        if (sources.IsFirst(DownwardAPI, "downwarAPI"))
        {
            DownwardAPI!.Validate(path.Child("downwardAPI"), errors);
        }

        if (sources.IsFirst(Fc, "fc"))
        {
            Fc!.Validate(path.Child("fc"), errors);
        }
    }

    private void ValidateRest(ref VolumeSourceCount sources, PodRules rules, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(FlexVolume, "flexVolume"))
        {
            FlexVolume!.Validate(path.Child("flexVolume"), errors);
        }

        if (sources.IsFirst(ConfigMap, "configMap"))
        {
            ConfigMap!.Validate(path.Child("configMap"), errors);
        }

        if (sources.IsFirst(AzureFile, "azureFile"))
        {
            AzureFile!.Validate(path.Child("azureFile"), errors);
        }

        if (sources.IsFirst(VsphereVolume, "vsphereVolume"))
        {
            errors.NotEmpty(path.Child("vsphereVolume", "volumePath"), VsphereVolume!.VolumePath);
        }

        if (sources.IsFirst(PhotonPersistentDisk, "photonPersistentDisk"))
        {
            errors.NotEmpty(path.Child("photonPersistentDisk", "pdID"), PhotonPersistentDisk!.PdID);
        }

        if (sources.IsFirst(PortworxVolume, "portworxVolume"))
        {
            errors.NotEmpty(path.Child("portworxVolume", "volumeID"), PortworxVolume!.VolumeID);
        }

        if (sources.IsFirst(AzureDisk, "azureDisk"))
        {
            AzureDisk!.Validate(path.Child("azureDisk"), errors);
        }

        if (sources.IsFirst(Storageos, "storageos"))
        {
            Storageos!.Validate(path.Child("storageos"), errors);
        }

        if (sources.IsFirst(Projected, "projected"))
        {
            Projected!.Validate(path.Child("projected"), errors);
        }

        if (sources.IsFirst(ScaleIO, "scaleIO"))
        {
            ScaleIO!.Validate(path.Child("scaleIO"), errors);
        }

        if (sources.IsFirst(Csi, "csi"))
        {
            Csi!.Validate(path.Child("csi"), errors);
        }

        if (sources.IsFirst(Ephemeral, "ephemeral"))
        {
            Ephemeral!.Validate(rules.PodName, Name, path, errors);
        }
    }
}
