using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial record TCPSocketAction
{
    [Field(1, Required = true, Always = true)]
    public IntOrString Port { get; init; }

    [Field(2)]
    public string Host { get; init; } = "";
}
