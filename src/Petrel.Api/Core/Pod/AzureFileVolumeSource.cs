using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureFileVolumeSource")]
public sealed partial record AzureFileVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string SecretName { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string ShareName { get; init; } = "";

    [Field(3)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("secretName"), SecretName);
        errors.NotEmpty(path.Child("shareName"), ShareName);
    }
}
