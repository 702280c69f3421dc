using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodIP")]
public sealed partial record PodIP
{
    /// <summary>The address.</summary>
    [Field(1, Required = true, Always = true)]
    public string Ip { get; init; } = "";
}
