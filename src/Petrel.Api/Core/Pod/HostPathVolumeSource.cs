using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HostPathVolumeSource")]
public sealed partial record HostPathVolumeSource
{
    /// <summary>Path on the node.</summary>
    [Field(1, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>What must be there, or is made; nothing is checked when empty.</summary>
    [Field(2, Enum = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"])]
    public string? Type { get; init; }

    internal HostPathVolumeSource WithDefaults() => Type is null ? this with { Type = "" } : this;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path.Child("path"), Path))
        {
            return;
        }

        errors.PathWithoutBacksteps(path.Child("path"), Path);
        if (Type is not null)
        {
            errors.OneOf(path.Child("type"), Type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
        }
    }
}
