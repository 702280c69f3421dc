using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureFileVolumeSource")]
public sealed partial record AzureFileVolumeSource
{
    /// <summary>Secret with the storage account's name and key.</summary>
    [Field(1, Required = true, Always = true)]
    public string SecretName { get; init; } = "";

    /// <summary>Name of the share.</summary>
    [Field(2, Required = true, Always = true)]
    public string ShareName { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("secretName"), SecretName);
        errors.NotEmpty(path.Child("shareName"), ShareName);
    }
}
