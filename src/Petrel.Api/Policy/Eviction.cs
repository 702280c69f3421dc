using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Policy;

/// <summary>Asks to end a pod unless that would take too many of its group away at once.</summary>
[ApiType("io.k8s.api.policy.v1.Eviction")]
public sealed partial record Eviction : ApiObject, IResource<Eviction>
{
    public static ResourceInfo Info { get; } = new("policy", "v1", "Eviction", "evictions") { Verbs = Verbs.Create };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>How to delete the pod.</summary>
    [Field(2, Bare = true)]
    public DeleteOptions? DeleteOptions { get; init; }
}
