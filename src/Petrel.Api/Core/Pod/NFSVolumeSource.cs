using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NFSVolumeSource")]
public sealed partial record NFSVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Server { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

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
