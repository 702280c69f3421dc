using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ClientIPConfig")]
public sealed partial record ClientIPConfig
{
    [Field(1)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Three hours.</summary>
    internal ClientIPConfig WithDefaults() => this with { TimeoutSeconds = TimeoutSeconds ?? 10800 };
}
