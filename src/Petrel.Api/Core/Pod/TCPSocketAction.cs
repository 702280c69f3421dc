using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial record TCPSocketAction
{
    /// <summary>Number or name of the port.</summary>
    [Field(1, Required = true, Always = true)]
    public IntOrString Port { get; init; }

    /// <summary>Host to connect to; the pod when left out.</summary>
    [Field(2)]
    public string Host { get; init; } = "";
}
