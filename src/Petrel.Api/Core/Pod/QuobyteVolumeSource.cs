using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.QuobyteVolumeSource")]
public sealed partial record QuobyteVolumeSource
{
    /// <summary>Addresses of the registry, as HOST:PORT, comma separated.</summary>
    [Field(1, Required = true, Always = true)]
    public string Registry { get; init; } = "";

    /// <summary>Name of the volume.</summary>
    [Field(2, Required = true, Always = true)]
    public string Volume { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    /// <summary>User to mount as; the service account's when left out.</summary>
    [Field(4)]
    public string User { get; init; } = "";

    /// <summary>Group to mount as.</summary>
    [Field(5)]
    public string Group { get; init; } = "";

    /// <summary>Tenant that owns the volume.</summary>
    [Field(6)]
    public string Tenant { get; init; } = "";

    private const int TextMax = 64;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        const string registryError = "must be a host:port pair or multiple pairs separated by commas";
        if (errors.NotEmpty(path.Child("registry"), Registry, registryError))
        {
            foreach (var _ in Registry.Split(',').Where(static pair => !IsHostAndPort(pair)))
            {
                errors.Invalid(path.Child("registry"), Registry, registryError);
            }
        }

        if (Tenant.Length > TextMax)
        {
            errors.Invalid(path.Child("tenant"), Tenant, "must be a UUID and may not exceed a length of 64 characters");
        }

        if (errors.NotEmpty(path.Child("volume"), Volume) && Volume.Length > TextMax)
        {
            errors.Invalid(path.Child("volume"), Volume, "may not exceed a length of 64 characters");
        }
    }

    private static bool IsHostAndPort(string pair)
    {
        var colon = pair.LastIndexOf(':');
        return colon >= 0 && (pair.IndexOf(':', StringComparison.Ordinal) == colon || (pair[0] == '[' && pair[colon - 1] == ']'));
    }
}
