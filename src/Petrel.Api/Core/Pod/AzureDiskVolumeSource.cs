using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureDiskVolumeSource")]
public sealed partial record AzureDiskVolumeSource
{
    /// <summary>Name of the disk.</summary>
    [Field(1, Required = true, Always = true)]
    public string DiskName { get; init; } = "";

    /// <summary>Address of the disk.</summary>
    [Field(2, Required = true, Always = true)]
    public string DiskURI { get; init; } = "";

    /// <summary>How the host caches it.</summary>
    [Field(3, Default = "\"ReadWrite\"", Enum = ["None", "ReadOnly", "ReadWrite"])]
    public string? CachingMode { get; init; }

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(4, Default = "\"ext4\"")]
    public string? FsType { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(5, Default = "false")]
    public bool? ReadOnly { get; init; }

    /// <summary>Whether disks share a storage account, have one each, or are managed.</summary>
    [Field(6, Default = "\"Shared\"", Enum = ["Dedicated", "Managed", "Shared"])]
    public string? Kind { get; init; }

    internal AzureDiskVolumeSource WithDefaults() => this with
    {
        CachingMode = CachingMode ?? "ReadWrite",
        Kind = Kind ?? "Shared",
        FsType = FsType ?? "ext4",
        ReadOnly = ReadOnly ?? false,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("diskName"), DiskName);
        errors.NotEmpty(path.Child("diskURI"), DiskURI);
        errors.OneOf(path.Child("cachingMode"), CachingMode ?? "", "None", "ReadOnly", "ReadWrite");
        errors.OneOf(path.Child("kind"), Kind ?? "", "Dedicated", "Managed", "Shared");
        var (start, example) = Kind == "Managed"
            ? ("/subscriptions/", "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}")
            : ("https://", "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
        if (!DiskURI.StartsWith(start, StringComparison.Ordinal))
        {
            errors.NotSupported(path.Child("diskURI"), DiskURI, [example]);
        }
    }
}
