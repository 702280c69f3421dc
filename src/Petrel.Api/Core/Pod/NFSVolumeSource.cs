using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NFSVolumeSource")]
public sealed partial record NFSVolumeSource
{
    /// <summary>Name or address of the server.</summary>
    [Field(1, Required = true, Always = true)]
    public string Server { get; init; } = "";

    /// <summary>Path that the server exports.</summary>
    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("server"), Server);
        errors.NotEmpty(path.Child("path"), Path);
        if (!Path.StartsWith('/'))
        {
            errors.Invalid(path.Child("path"), Path, "must be an absolute path");
        }
    }
}
