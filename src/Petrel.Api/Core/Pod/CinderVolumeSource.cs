using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.CinderVolumeSource")]
public sealed partial record CinderVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string VolumeID { get; init; } = "";

    [Field(2)]
    public string FsType { get; init; } = "";

    [Field(3)]
    public bool ReadOnly { get; init; }

    [Field(4)]
    public LocalObjectReference? SecretRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("volumeID"), VolumeID);
        if (SecretRef is not null)
        {
            errors.NotEmpty(path.Child("secretRef", "name"), SecretRef.Name);
        }
    }
}
