using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodOS")]
public sealed partial record PodOS
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
