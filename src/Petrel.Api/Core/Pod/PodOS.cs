using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodOS")]
public sealed partial record PodOS
{
    /// <summary>linux or windows.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
