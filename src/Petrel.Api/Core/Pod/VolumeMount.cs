using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeMount")]
public sealed partial record VolumeMount
{
    /// <summary>Name of the pod's volume.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(2)]
    public bool ReadOnly { get; init; }

    /// <summary>Whether mounts below are read-only, too: Disabled, IfPossible or Enabled.</summary>
    [Field(7)]
    public string? RecursiveReadOnly { get; init; }

    /// <summary>Path in the container; without ':'.</summary>
    [Field(3, Required = true, Always = true)]
    public string MountPath { get; init; } = "";

    /// <summary>Path in the volume to mount; the whole when left out.</summary>
    [Field(4)]
    public string SubPath { get; init; } = "";

    /// <summary>Whether mounts made later are seen on the other side: None, HostToContainer or Bidirectional.</summary>
    [Field(5, Enum = ["Bidirectional", "HostToContainer", "None"])]
    public string? MountPropagation { get; init; }

    /// <summary>Like subPath, with $(NAME) replaced by environment variables; instead of it.</summary>
    [Field(6)]
    public string SubPathExpr { get; init; } = "";

    internal static void ValidateAll(Container container, PodRules rules, FieldPath path, FieldErrors errors)
    {
        var mountPaths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            container.VolumeMounts[i].Validate(container, rules, mountPaths, path, path.Index(i), errors);
        }
    }

    private void Validate(Container container, PodRules rules, HashSet<string> mountPaths, FieldPath listPath, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), Name);
        if (!rules.Volumes.ContainsKey(Name))
        {
            errors.NotFound(path.Child("name"), Name);
        }

        errors.NotEmpty(path.Child("mountPath"), MountPath);
        if (!mountPaths.Add(MountPath))
        {
            errors.Invalid(path.Child("mountPath"), MountPath, "must be unique");
        }

        if (container.VolumeDevices.Any(device => device.Name == Name))
        {
            errors.Invalid(path.Child("name"), Name, "must not already exist in volumeDevices");
        }

        if (container.VolumeDevices.Any(device => device.DevicePath == MountPath))
        {
            errors.Invalid(path.Child("mountPath"), MountPath, "must not already exist as a path in volumeDevices");
        }

        ValidateSubPaths(listPath, path, errors);
        ValidatePropagation(container, listPath.Child("mountPropagation"), errors);
        ValidateReadOnly(listPath.Child("recursiveReadOnly"), errors);
    }

    private void ValidateSubPaths(FieldPath listPath, FieldPath path, FieldErrors errors)
    {
        errors.PathBelow(listPath.Child("subPath"), SubPath);
        if (SubPathExpr.Length == 0)
        {
            return;
        }

        if (SubPath.Length != 0)
        {
            errors.Invalid(path.Child("subPathExpr"), SubPathExpr, "subPathExpr and subPath are mutually exclusive");
        }

        errors.PathBelow(listPath.Child("subPathExpr"), SubPathExpr);
    }

    private void ValidatePropagation(Container container, FieldPath path, FieldErrors errors)
    {
        if (MountPropagation is null)
        {
            return;
        }

        errors.OneOf(path, MountPropagation, "Bidirectional", "HostToContainer", "None");
        if (MountPropagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
        {
            errors.Forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private void ValidateReadOnly(FieldPath path, FieldErrors errors)
    {
        if (RecursiveReadOnly is null or "Disabled")
        {
            return;
        }

        if (RecursiveReadOnly is not ("Enabled" or "IfPossible"))
        {
            errors.NotSupported(path, RecursiveReadOnly, ["Disabled", "Enabled", "IfPossible"]);
            return;
        }

        if (!ReadOnly)
        {
            errors.Forbidden(path, "may only be specified when readOnly is true");
        }

        if (MountPropagation is not (null or "None"))
        {
            errors.Forbidden(path, "may only be specified when mountPropagation is None or not specified");
        }
    }
}
