using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Rules of persistent volumes, and of the volumes that an attachment states inline, which may say less.</summary>
internal static class PersistentVolumeValidation
{
    private const string NotInline = "may not be specified in the context of inline volumes";

    /// <param name="name">Name of the volume; empty for an inline one.</param>
    /// <param name="isInline">The volume stands in an attachment.</param>
    public static void Validate(PersistentVolumeSpec spec, string name, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (isInline)
        {
            ValidateInline(spec, path, errors);
        }

        if (spec.AccessModes.IsEmpty)
        {
            errors.Required(path.Child("accessModes"));
        }

        AccessModes.Validate(spec.AccessModes, path.Child("accessModes"), errors);
        if (!isInline)
        {
            ValidateCapacity(spec.Capacity, path.Child("capacity"), errors);
        }

        ValidateReclaimPolicy(spec, isInline, path.Child("persistentVolumeReclaimPolicy"), errors);
        if (spec.NodeAffinity is not null && isInline)
        {
            errors.Forbidden(path.Child("nodeAffinity"), NotInline);
        }
        else
        {
            spec.NodeAffinity?.Validate(path.Child("nodeAffinity"), errors);
        }

        PersistentVolumeSourceValidation.Validate(spec, name, isInline, path, errors);
        ValidateClasses(spec, isInline, path, errors);
    }

    private static void ValidateInline(PersistentVolumeSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ClaimRef is not null)
        {
            errors.Forbidden(path.Child("claimRef"), NotInline);
        }

        if (!spec.Capacity.IsEmpty)
        {
            errors.Forbidden(path.Child("capacity"), NotInline);
        }

        if (spec.Csi is null)
        {
            errors.Required(path.Child("csi"), "has to be specified in the context of inline volumes");
        }
    }

    private static void ValidateCapacity(ApiMap<Quantity> capacity, FieldPath path, FieldErrors errors)
    {
        if (capacity.IsEmpty)
        {
            errors.Required(path);
        }

        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
        {
            errors.NotSupported(path, GoSyntax.Amounts(capacity), ["storage"]);
        }

        foreach (var (resource, amount) in capacity)
        {
            ResourceNames.ValidateNotNegative(amount, path.Key(resource), errors);
            ResourceNames.ValidatePositive(amount, path.Key(resource), errors);
        }
    }

    private static void ValidateReclaimPolicy(PersistentVolumeSpec spec, bool isInline, FieldPath path, FieldErrors errors)
    {
        var policy = spec.PersistentVolumeReclaimPolicy;
        if (policy.Length == 0)
        {
            return;
        }

        if (!isInline)
        {
            errors.OneOf(path, policy, "Delete", "Recycle", "Retain");
        }
        else if (policy != "Retain")
        {
            errors.Forbidden(path, "may only be Retain in the context of inline volumes");
        }
    }

    private static void ValidateClasses(PersistentVolumeSpec spec, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (spec.HostPath is not null && spec.PersistentVolumeReclaimPolicy == "Recycle" && IsRoot(spec.HostPath.Path))
        {
            errors.Forbidden(path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'");
        }

        if (spec.StorageClassName.Length > 0 && isInline)
        {
            errors.Forbidden(path.Child("storageClassName"), NotInline);
        }
        else if (spec.StorageClassName.Length > 0)
        {
            errors.DnsSubdomain(path.Child("storageClassName"), spec.StorageClassName);
        }

        if (spec.VolumeMode is { } mode && !isInline)
        {
            errors.OneOf(path.Child("volumeMode"), mode, "Block", "Filesystem");
        }
        else if (spec.VolumeMode is not (null or "Filesystem"))
        {
            errors.Forbidden(path.Child("volumeMode"), "may not specify volumeMode other than Filesystem in the context of inline volumes");
        }

        if (spec.VolumeAttributesClassName is { } attributes && !isInline)
        {
            ValidateAttributesClass(spec, attributes, path, errors);
        }
    }

    private static bool IsRoot(string path)
    {
        var depth = 0;
        foreach (var element in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            depth = element switch
            {
                "." => depth,
                ".." => Math.Max(0, depth - 1),
                _ => depth + 1,
            };
        }

        return path.StartsWith('/') && depth == 0;
    }

    // Only volumes that an older server stored have one.
    private static void ValidateAttributesClass(PersistentVolumeSpec spec, string name, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("volumeAttributesClassName"), name, "an empty string is disallowed"))
        {
            errors.DnsSubdomain(path.Child("volumeAttributesClassName"), name);
        }

        if (spec.Csi is null)
        {
            errors.Required(path.Child("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }
}
