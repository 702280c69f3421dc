using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureFilePersistentVolumeSource")]
public sealed partial record AzureFilePersistentVolumeSource
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

    /// <summary>Namespace of the secret; the claim's when left out.</summary>
    [Field(4, Always = true)]
    public string? SecretNamespace { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("secretName"), SecretName);
        errors.NotEmpty(path.Child("shareName"), ShareName);
        if (SecretNamespace is not null)
        {
            errors.NotEmpty(path.Child("secretNamespace"), SecretNamespace);
        }
    }
}
