using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GitRepoVolumeSource")]
public sealed partial record GitRepoVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Repository { get; init; } = "";

    [Field(2)]
    public string Revision { get; init; } = "";

    [Field(3)]
    public string Directory { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("repository"), Repository);
        errors.PathBelow(path.Child("directory"), Directory);
    }
}
