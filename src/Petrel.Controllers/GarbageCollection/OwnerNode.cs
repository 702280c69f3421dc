using Petrel.Api;
using Petrel.Api.Meta;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>An object in the graph of owners. Guarded by the graph.</summary>
internal sealed class OwnerNode(ObjectIdentity identity)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    // Most objects own nothing.
    private HashSet<OwnerNode>? _dependents;

    public ObjectIdentity Identity { get; set; } = identity;

    /// <summary>Known only because another object names it as owner; whether it exists has to be asked.</summary>
    public bool IsVirtual { get; set; } = true;

    public ApiList<OwnerReference> Owners { get; set; }

    /// <summary>Objects that name this one as owner.</summary>
    public IReadOnlyCollection<OwnerNode> Dependents => (IReadOnlyCollection<OwnerNode>?)_dependents ?? [];

    public bool IsBeingDeleted { get; set; }

    /// <summary>Waits until its dependents are gone.</summary>
    public bool IsDeletingDependents { get; set; }

    /// <summary>Waits until its dependents have forgotten it.</summary>
    public bool IsOrphaningDependents { get; set; }

    /// <summary>Notes a dependent; false when it was known.</summary>
    public bool AddDependent(OwnerNode dependent) => (_dependents ??= []).Add(dependent);

    public void RemoveDependent(OwnerNode dependent)
    {
        if (_dependents?.Remove(dependent) == true && _dependents.Count == 0)
        {
            _dependents = null;
        }
    }

    /// <summary>Dependents that the object's foreground deletion waits for.</summary>
    public IReadOnlyList<OwnerNode> BlockingDependents() =>
        [.. Dependents.Where(dependent => dependent.Owners.Any(owner => owner.Uid == Identity.Uid && owner.BlockOwnerDeletion == true))];
}
