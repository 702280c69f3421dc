using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceHealth")]
public sealed partial record ResourceHealth
{
    /// <summary>Identity of the device at its driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string ResourceID { get; init; } = "";

    /// <summary>Healthy, Unhealthy or Unknown.</summary>
    [Field(2)]
    public string Health { get; init; } = "";
}
