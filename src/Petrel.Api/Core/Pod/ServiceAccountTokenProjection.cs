using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceAccountTokenProjection")]
public sealed partial record ServiceAccountTokenProjection
{
    /// <summary>Who the token is for; the API server when left out.</summary>
    [Field(1)]
    public string Audience { get; init; } = "";

    /// <summary>How long a token is valid, at least 600; it is renewed in time. An hour when left out.</summary>
    [Field(2)]
    public long? ExpirationSeconds { get; init; }

    /// <summary>File to write, relative to the volume.</summary>
    [Field(3, Required = true, Always = true)]
    public string Path { get; init; } = "";

    internal ServiceAccountTokenProjection WithDefaults() => ExpirationSeconds is null ? this with { ExpirationSeconds = 60 * 60 } : this;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (ExpirationSeconds < 10 * 60)
        {
            errors.Invalid(path.Child("expirationSeconds"), ExpirationSeconds, "may not specify a duration less than 10 minutes");
        }

        if (ExpirationSeconds > 1L << 32)
        {
            errors.Invalid(path.Child("expirationSeconds"), ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        }

        if (errors.NotEmpty(path.Child("path"), Path))
        {
            errors.PathBelowNotReserved(path.Child("path"), Path);
        }
    }
}
