using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HostIP")]
public sealed partial record HostIP
{
    /// <summary>The address.</summary>
    [Field(1, Required = true, Always = true)]
    public string Ip { get; init; } = "";
}
