using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>
/// Who owns whom, over all resources, kept up to date from their changes. What may have to be deleted or orphaned by a
/// change goes to the two callbacks, which only note it.
/// </summary>
internal sealed class OwnerGraph(Func<string, string, ResourceInfo?> resourceOf, Action<string> attemptDelete, Action<string> attemptOrphan)
{
    // Names of namespaces that are remembered as shared; beyond it they are forgotten, so that those that are gone do not add up.
    private const int SharedNamespacesMax = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OwnerNode> _nodes = new(StringComparer.Ordinal);

    private readonly HashSet<GroupResource> _listed = [];

    // Every object is in the graph, and thousands are in one namespace: its name is kept once.
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Reads the graph under its lock.</summary>
    public T Read<T>(string uid, Func<OwnerNode, T> read, T absent)
    {
        lock (_lock)
        {
            return _nodes.TryGetValue(uid, out var node) ? read(node) : absent;
        }
    }

    /// <summary>An object was added or changed.</summary>
    public void Put(ResourceInfo resource, ObjectMeta meta)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(meta.Uid, out var node))
            {
                _nodes.Add(meta.Uid, node = new OwnerNode(Identify(resource, meta)));
            }
            else if (node.IsVirtual && Identify(resource, meta) is var identity && node.Identity != identity)
            {
                // The reference that brought this node here named it wrongly: its dependents have to be looked at by what is true.
                node.Identity = identity;
                AttemptDelete(node.Dependents);
            }

            node.IsVirtual = false;
            node.IsBeingDeleted = meta.DeletionTimestamp is not null;
            ChangeOwners(node, meta.OwnerReferences);
            NoteDeletion(node, meta);
        }
    }

    /// <summary>Everything there is of a resource was listed: objects that are not among it are gone.</summary>
    public void Replace(ResourceInfo resource, IReadOnlyList<ObjectMeta> objects)
    {
        lock (_lock)
        {
            // Before the first list nothing of the resource is known.
            if (!_listed.Add(resource.GroupResource))
            {
                RemoveOthers(resource, objects);
            }

            foreach (var meta in objects)
            {
                Put(resource, meta);
            }
        }
    }

    /// <summary>An object is gone, or was found not to exist.</summary>
    public void Remove(string uid)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(uid, out var node))
            {
                return;
            }

            ChangeOwners(node, default);
            _nodes.Remove(uid);
            AttemptDelete(node.Dependents);
            if (node.Dependents.Count > 0)
            {
                // They still name it: kept as a name until they are gone, too.
                node.IsVirtual = true;
                _nodes.Add(uid, node);
            }
        }
    }

    private void RemoveOthers(ResourceInfo resource, IReadOnlyList<ObjectMeta> objects)
    {
        var listed = objects.Select(static meta => meta.Uid).ToHashSet(StringComparer.Ordinal);
        var gone = _nodes.Values.Where(node => !node.IsVirtual && node.Identity.Resource!.GroupResource == resource.GroupResource && !listed.Contains(node.Identity.Uid));
        foreach (var node in gone.ToList())
        {
            Remove(node.Identity.Uid);
        }
    }

    private ObjectIdentity Identify(ResourceInfo resource, ObjectMeta meta)
    {
        if (!_namespaces.TryGetValue(meta.Namespace, out var @namespace))
        {
            if (_namespaces.Count == SharedNamespacesMax)
            {
                _namespaces.Clear();
            }

            _namespaces.Add(@namespace = meta.Namespace);
        }

        return new ObjectIdentity(resource, resource.ApiVersion, resource.Kind, @namespace, meta.Name, meta.Uid);
    }

    private void ChangeOwners(OwnerNode node, ApiList<OwnerReference> owners)
    {
        var old = node.Owners;
        node.Owners = owners;
        foreach (var reference in old)
        {
            // An owner that no longer has to wait for this object may be ready to go.
            var stays = owners.FirstOrDefault(owner => owner.Uid == reference.Uid);
            if (_nodes.TryGetValue(reference.Uid, out var owner))
            {
                if (stays is null)
                {
                    Detach(owner, node);
                }

                if (owner.IsDeletingDependents && stays?.BlockOwnerDeletion != true)
                {
                    attemptDelete(reference.Uid);
                }
            }
        }

        foreach (var reference in owners)
        {
            Attach(node, reference);
        }
    }

    private void Attach(OwnerNode node, OwnerReference reference)
    {
        if (!_nodes.TryGetValue(reference.Uid, out var owner))
        {
            var info = resourceOf(reference.ApiVersion, reference.Kind);
            var @namespace = info is { Namespaced: false } ? "" : node.Identity.Namespace;
            _nodes.Add(reference.Uid, owner = new OwnerNode(new ObjectIdentity(info, reference.ApiVersion, reference.Kind, @namespace, reference.Name, reference.Uid)));
        }

        var isNew = owner.AddDependent(node);

        // An owner that was never seen may not exist, and one seen may not be what the reference says.
        if (isNew && (owner.IsVirtual || owner.IsDeletingDependents || !Agrees(owner.Identity, node.Identity, reference)))
        {
            attemptDelete(node.Identity.Uid);
        }
    }

    private static bool Agrees(ObjectIdentity owner, ObjectIdentity dependent, OwnerReference reference) =>
        owner.ApiVersion == reference.ApiVersion
        && owner.Kind == reference.Kind
        && owner.Name == reference.Name
        && (owner.Namespace.Length == 0 || owner.Namespace == dependent.Namespace);

    private void Detach(OwnerNode owner, OwnerNode dependent)
    {
        owner.RemoveDependent(dependent);
        if (owner.IsVirtual && owner.Dependents.Count == 0)
        {
            _nodes.Remove(owner.Identity.Uid);
        }
    }

    private void NoteDeletion(OwnerNode node, ObjectMeta meta)
    {
        var orphans = node.IsBeingDeleted && meta.Finalizers.Contains(OwnerNode.OrphanFinalizer);
        if (orphans && !node.IsOrphaningDependents)
        {
            attemptOrphan(meta.Uid);
        }

        node.IsOrphaningDependents = orphans;
        var foreground = node.IsBeingDeleted && meta.Finalizers.Contains(OwnerNode.ForegroundFinalizer);
        if (foreground && !node.IsDeletingDependents)
        {
            AttemptDelete(node.Dependents);
            attemptDelete(meta.Uid);
        }

        node.IsDeletingDependents = foreground;
    }

    private void AttemptDelete(IEnumerable<OwnerNode> nodes)
    {
        foreach (var node in nodes)
        {
            attemptDelete(node.Identity.Uid);
        }
    }
}
