using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.QuobyteVolumeSource")]
public sealed partial record QuobyteVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Registry { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Volume { get; init; } = "";

    [Field(3)]
    public bool ReadOnly { get; init; }

    [Field(4)]
    public string User { get; init; } = "";

    [Field(5)]
    public string Group { get; init; } = "";

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
