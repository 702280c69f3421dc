using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GitRepoVolumeSource")]
public sealed partial record GitRepoVolumeSource
{
    /// <summary>Address of the repository.</summary>
    [Field(1, Required = true, Always = true)]
    public string Repository { get; init; } = "";

    /// <summary>Commit to check out.</summary>
    [Field(2)]
    public string Revision { get; init; } = "";

    /// <summary>Directory to clone into, without '..'; the volume itself for '.'.</summary>
    [Field(3)]
    public string Directory { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("repository"), Repository);
        errors.PathBelow(path.Child("directory"), Directory);
    }
}
