using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeDevice")]
public sealed partial record VolumeDevice
{
    /// <summary>Name of the pod's volume, which must be of a claim.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Path of the device in the container.</summary>
    [Field(2, Required = true, Always = true)]
    public string DevicePath { get; init; } = "";

    internal static void ValidateAll(Container container, PodRules rules, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var devicePaths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var device = container.VolumeDevices[i];
            device.ValidateName(rules, names, path.Index(i).Child("name"), errors);
            device.ValidatePath(devicePaths, path.Index(i).Child("devicePath"), errors);
            device.ValidateOverlap(container, path.Index(i), errors);
            names.Add(device.Name);
        }
    }

    private void ValidateName(PodRules rules, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path, Name);
        if (Name.Length != 0 && names.Contains(Name))
        {
            errors.Invalid(path, Name, "must be unique");
        }

        if (!rules.Volumes.TryGetValue(Name, out var volume))
        {
            errors.NotFound(path, Name);
        }
        else if (volume.PersistentVolumeClaim is null && volume.Ephemeral is null)
        {
            errors.Invalid(path, Name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
    }

    private void ValidatePath(HashSet<string> devicePaths, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path, DevicePath);
        if (devicePaths.Contains(DevicePath))
        {
            errors.Invalid(path, DevicePath, "must be unique");
        }

        if (CommonRules.HasBackstep(DevicePath))
        {
            errors.Invalid(path, DevicePath, "can not contain backsteps ('..')");
        }
        else
        {
            devicePaths.Add(DevicePath);
        }
    }

    private void ValidateOverlap(Container container, FieldPath path, FieldErrors errors)
    {
        if (container.VolumeMounts.Any(mount => mount.Name == Name))
        {
            errors.Invalid(path.Child("name"), Name, "must not already exist in volumeMounts");
        }

        if (container.VolumeMounts.Any(mount => mount.MountPath == DevicePath))
        {
            errors.Invalid(path.Child("devicePath"), DevicePath, "must not already exist as a path in volumeMounts");
        }
    }
}
