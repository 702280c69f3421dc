using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Sorts an object's owners by what they mean for it.</summary>
internal sealed class OwnerStates
{
    /// <summary>Owners that exist: the object stays for them.</summary>
    public List<OwnerReference> Solid { get; } = [];

    /// <summary>Owners that do not exist (any more).</summary>
    public List<OwnerReference> Dangling { get; } = [];

    /// <summary>Owners whose foreground deletion waits for their dependents.</summary>
    public List<OwnerReference> Waiting { get; } = [];

    /// <summary>References that cannot be followed: a namespaced owner of a cluster-scoped object, or an unknown kind.</summary>
    public List<OwnerReference> Invalid { get; } = [];

    /// <summary>One of those whose kind is unknown, which may be served soon; null when there is none.</summary>
    public OwnerReference? Unknown { get; private set; }

    public static async Task<OwnerStates> FindAsync(
        ObjectMetadataApi objects, Func<string, string, ResourceInfo?> resourceOf, ObjectMeta dependent, CancellationToken cancellationToken)
    {
        var states = new OwnerStates();
        foreach (var reference in dependent.OwnerReferences.AsEnumerable())
        {
            // An owner is never looked for in another namespace: there are no references across namespaces.
            if (resourceOf(reference.ApiVersion, reference.Kind) is not { } info || (info.Namespaced && dependent.Namespace.Length == 0))
            {
                states.Invalid.Add(reference);
                states.Unknown ??= resourceOf(reference.ApiVersion, reference.Kind) is null ? reference : null;
                continue;
            }

            var owner = await objects.FindAsync(info, info.Namespaced ? dependent.Namespace : null, reference.Name, cancellationToken);
            var list = owner is null || owner.Uid != reference.Uid ? states.Dangling
                : owner.DeletionTimestamp is not null && owner.Finalizers.Contains(OwnerNode.ForegroundFinalizer) ? states.Waiting
                : states.Solid;
            list.Add(reference);
        }

        return states;
    }
}
