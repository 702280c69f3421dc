using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LocalVolumeSource")]
public sealed partial record LocalVolumeSource
{
    /// <summary>Path on the node: a directory or a block device.</summary>
    [Field(1, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>File system to mount when the path is a block device; found out when left out.</summary>
    [Field(2)]
    public string? FsType { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("path"), Path))
        {
            errors.PathWithoutBacksteps(path.Child("path"), Path);
        }
    }
}
