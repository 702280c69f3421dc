using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GlusterfsVolumeSource")]
public sealed partial record GlusterfsVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Endpoints { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

    [Field(3)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("endpoints"), Endpoints);
        errors.NotEmpty(path.Child("path"), Path);
    }
}
