using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ClientIPConfig")]
public sealed partial record ClientIPConfig
{
    /// <summary>Seconds for which a client keeps to its pod; 10800 when left out.</summary>
    [Field(1)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Three hours.</summary>
    internal ClientIPConfig WithDefaults() => this with { TimeoutSeconds = TimeoutSeconds ?? 10800 };
}
