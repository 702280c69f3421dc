using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Policy;

[ApiType("io.k8s.api.policy.v1.Eviction")]
public sealed partial record Eviction : ApiObject
{
    public override GroupVersionKind GroupVersionKind => new("policy", "v1", "Eviction");

    [Field(2)]
    public DeleteOptions? DeleteOptions { get; init; }
}
