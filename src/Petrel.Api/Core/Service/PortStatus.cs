using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PortStatus")]
public sealed partial record PortStatus
{
    /// <summary>The port number.</summary>
    [Field(1, Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(2, Required = true, Always = true, Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    /// <summary>What is wrong with the port.</summary>
    [Field(3)]
    public string? Error { get; init; }
}
