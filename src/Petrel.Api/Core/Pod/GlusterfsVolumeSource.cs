using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GlusterfsVolumeSource")]
public sealed partial record GlusterfsVolumeSource
{
    /// <summary>Endpoints object with the servers.</summary>
    [Field(1, Required = true, Always = true)]
    public string Endpoints { get; init; } = "";

    /// <summary>Name of the volume.</summary>
    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("endpoints"), Endpoints);
        errors.NotEmpty(path.Child("path"), Path);
    }
}
