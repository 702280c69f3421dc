using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SessionAffinityConfig")]
public sealed partial record SessionAffinityConfig
{
    /// <summary>For affinity ClientIP.</summary>
    [Field(1)]
    public ClientIPConfig? ClientIP { get; init; }

    internal SessionAffinityConfig WithDefaults() => this with { ClientIP = (ClientIP ?? ClientIPConfig.Empty).WithDefaults() };

    private const int TimeoutSecondsMax = 24 * 60 * 60;

    internal static void Validate(SessionAffinityConfig? config, FieldPath path, FieldErrors errors)
    {
        const string needed = "when session affinity type is ClientIP";
        if (config is null)
        {
            errors.Required(path, needed);
        }
        else if (config.ClientIP is null)
        {
            errors.Required(path.Child("clientIP"), needed);
        }
        else if (config.ClientIP.TimeoutSeconds is not { } timeout)
        {
            errors.Required(path.Child("clientIP", "timeoutSeconds"), needed);
        }
        else if (timeout is <= 0 or > TimeoutSecondsMax)
        {
            errors.Invalid(path.Child("clientIP", "timeoutSeconds"), timeout, $"must be greater than 0 and less than {TimeoutSecondsMax}");
        }
    }
}
