using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>A persistent volume has exactly one source, which has rules of its own.</summary>
internal static class PersistentVolumeSourceValidation
{
    public static void Validate(PersistentVolumeSpec spec, string name, bool isInline, FieldPath path, FieldErrors errors)
    {
        var sources = new VolumeSourceCount(errors, path);
        ValidateFirst(spec, name, ref sources, path, errors);
        ValidateSecond(spec, ref sources, path, errors);
        ValidateThird(spec, isInline, ref sources, path, errors);
        if (sources.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }
    }

    // The order of these checks is the order in which errors are listed.
    private static void ValidateFirst(PersistentVolumeSpec spec, string name, ref VolumeSourceCount sources, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(spec.HostPath, "hostPath"))
        {
            spec.HostPath!.Validate(path.Child("hostPath"), errors);
        }

        if (sources.IsFirst(spec.GcePersistentDisk, "gcePersistentDisk"))
        {
            spec.GcePersistentDisk!.Validate(path.Child("persistentDisk"), errors);
        }

        if (sources.IsFirst(spec.AwsElasticBlockStore, "awsElasticBlockStore"))
        {
            spec.AwsElasticBlockStore!.Validate(path.Child("awsElasticBlockStore"), errors);
        }

        if (sources.IsFirst(spec.Glusterfs, "glusterfs"))
        {
            spec.Glusterfs!.Validate(path.Child("glusterfs"), errors);
        }

        if (sources.IsFirst(spec.Flocker, "flocker"))
        {
            spec.Flocker!.Validate(path.Child("flocker"), errors);
        }

        if (sources.IsFirst(spec.Nfs, "nfs"))
        {
            spec.Nfs!.Validate(path.Child("nfs"), errors);
        }

        if (sources.IsFirst(spec.Rbd, "rbd"))
        {
            spec.Rbd!.Validate(path.Child("rbd"), errors);
        }

        if (sources.IsFirst(spec.Quobyte, "quobyte"))
        {
            spec.Quobyte!.Validate(path.Child("quobyte"), errors);
        }

        if (sources.IsFirst(spec.Cephfs, "cephFS"))
        {
            spec.Cephfs!.Validate(path.Child("cephfs"), errors);
        }

        if (sources.IsFirst(spec.Iscsi, "iscsi"))
        {
            spec.Iscsi!.Validate(name, path.Child("iscsi"), errors);
        }
    }

    private static void ValidateSecond(PersistentVolumeSpec spec, ref VolumeSourceCount sources, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(spec.Cinder, "cinder"))
        {
            spec.Cinder!.Validate(path.Child("cinder"), errors);
        }

        if (sources.IsFirst(spec.Fc, "fc"))
        {
            spec.Fc!.Validate(path.Child("fc"), errors);
        }

        if (sources.IsThere(spec.FlexVolume))
        {
            spec.FlexVolume!.Validate(path.Child("flexVolume"), errors);
        }

        if (sources.IsFirst(spec.AzureFile, "azureFile"))
        {
            spec.AzureFile!.Validate(path.Child("azureFile"), errors);
        }

        if (sources.IsFirst(spec.VsphereVolume, "vsphereVolume"))
        {
            errors.NotEmpty(path.Child("vsphereVolume", "volumePath"), spec.VsphereVolume!.VolumePath);
        }

        if (sources.IsFirst(spec.PhotonPersistentDisk, "photonPersistentDisk"))
        {
            errors.NotEmpty(path.Child("photonPersistentDisk", "pdID"), spec.PhotonPersistentDisk!.PdID);
        }

        if (sources.IsFirst(spec.PortworxVolume, "portworxVolume"))
        {
            errors.NotEmpty(path.Child("portworxVolume", "volumeID"), spec.PortworxVolume!.VolumeID);
        }
    }

    private static void ValidateThird(PersistentVolumeSpec spec, bool isInline, ref VolumeSourceCount sources, FieldPath path, FieldErrors errors)
    {
        if (sources.IsFirst(spec.AzureDisk, "azureDisk"))
        {
            spec.AzureDisk!.Validate(path.Child("azureDisk"), errors);
        }

        if (sources.IsFirst(spec.ScaleIO, "scaleIO"))
        {
            spec.ScaleIO!.Validate(path.Child("scaleIO"), errors);
        }

        if (sources.IsFirst(spec.Local, "local"))
        {
            spec.Local!.Validate(path.Child("local"), errors);
            if (spec.NodeAffinity is null || isInline)
            {
                errors.Required(path.Child("nodeAffinity"), "Local volume requires node affinity");
            }
        }

        if (sources.IsFirst(spec.Storageos, "storageos"))
        {
            spec.Storageos!.Validate(path.Child("storageos"), errors);
        }

        if (sources.IsFirst(spec.Csi, "csi"))
        {
            spec.Csi!.Validate(path.Child("csi"), errors);
        }
    }
}
