using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvFromSource")]
public sealed partial record EnvFromSource
{
    /// <summary>Put before every name.</summary>
    [Field(1)]
    public string Prefix { get; init; } = "";

    /// <summary>Take all keys of a config map.</summary>
    [Field(2)]
    public ConfigMapEnvSource? ConfigMapRef { get; init; }

    /// <summary>Take all keys of a secret.</summary>
    [Field(3)]
    public SecretEnvSource? SecretRef { get; init; }

    internal static void ValidateAll(ApiList<EnvFromSource> sources, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            sources[i].Validate(path, path.Index(i), errors);
        }
    }

    private void Validate(FieldPath listPath, FieldPath path, FieldErrors errors)
    {
        if (Prefix.Length != 0)
        {
            errors.InvalidAll(path.Child("prefix"), Prefix, NameFormats.EnvironmentName(Prefix));
        }

        if (ConfigMapRef is not null)
        {
            errors.NotEmpty(path.Child("configMapRef", "name"), ConfigMapRef.Name);
        }

        if (SecretRef is not null)
        {
            errors.NotEmpty(path.Child("secretRef", "name"), SecretRef.Name);
        }

        if (ConfigMapRef is null && SecretRef is null)
        {
            errors.Invalid(listPath, "", "must specify one of: `configMapRef` or `secretRef`");
        }
        else if (ConfigMapRef is not null && SecretRef is not null)
        {
            errors.Invalid(listPath, "", "may not have more than one field specified at a time");
        }
    }
}
