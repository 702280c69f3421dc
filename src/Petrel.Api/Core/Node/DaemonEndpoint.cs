using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.DaemonEndpoint")]
public sealed partial record DaemonEndpoint
{
    /// <summary>Port on which it listens.</summary>
    [Field(1, Json = "Port", Required = true, Always = true)]
    public int Port { get; init; }
}
