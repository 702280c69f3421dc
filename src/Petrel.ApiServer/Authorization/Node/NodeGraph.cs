using System.Collections.Concurrent;
using Petrel.Api.Core;
using Petrel.Api.DynamicResources;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Authorization.Node;

/// <summary>
/// Which objects a node needs, through the pods that are bound to it and the slices of its devices: kept up to date with every
/// change of these. Reads need no lock.
/// </summary>
internal sealed class NodeGraph : IFeedTarget<Pod>, IFeedTarget<ResourceSlice>
{
    private static readonly IReadOnlySet<NodeObject> None = new HashSet<NodeObject>();

    private readonly Lock _gate = new();

    // What each pod needs, and how many pods of a node need an object. A pod counts itself, and so does a slice, which has no namespace.
    private readonly Dictionary<(string Namespace, string Name), (string Node, IReadOnlySet<NodeObject> Needs)> _pods = [];
    private readonly ConcurrentDictionary<(string Node, NodeObject Object), int> _uses = [];

    private TaskCompletionSource _changed = NewSignal();

    /// <summary>True when a pod bound to the node needs the object, or is it.</summary>
    public bool Relates(string node, NodeObject value) => _uses.ContainsKey((node, value));

    /// <summary>
    /// As <see cref="Relates"/>, but waits for it to become true: an agent may have seen its new pod before this graph has.
    /// False when it has not until <paramref name="cancellationToken"/> is cancelled.
    /// </summary>
    public async ValueTask<bool> RelatesSoonAsync(string node, NodeObject value, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look, so that no change falls between the two.
            var changed = Volatile.Read(ref _changed).Task;
            if (Relates(node, value))
            {
                return true;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return Relates(node, value);
            }
        }
    }

    public void Reset(IReadOnlyList<Pod> objects)
    {
        lock (_gate)
        {
            var present = objects.Select(static pod => (pod.Metadata.Namespace, pod.Metadata.Name)).ToHashSet();
            foreach (var gone in _pods.Keys.Where(pod => pod.Namespace.Length > 0 && !present.Contains(pod)).ToList())
            {
                Replace(gone, "", None);
            }

            foreach (var pod in objects)
            {
                Replace(pod);
            }
        }
    }

    public void Set(Pod value)
    {
        lock (_gate)
        {
            Replace(value);
        }
    }

    public void Reset(IReadOnlyList<ResourceSlice> objects)
    {
        lock (_gate)
        {
            var present = objects.Select(static slice => slice.Metadata.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _pods.Keys.Where(slice => slice.Namespace.Length == 0 && !present.Contains(slice.Name)).ToList())
            {
                Replace(gone, "", None);
            }

            foreach (var slice in objects)
            {
                Replace(slice);
            }
        }
    }

    public void Set(ResourceSlice value)
    {
        lock (_gate)
        {
            Replace(value);
        }
    }

    public void Remove(string @namespace, string name)
    {
        lock (_gate)
        {
            Replace((@namespace, name), "", None);
        }
    }

    private void Replace(Pod pod) =>
        Replace((pod.Metadata.Namespace, pod.Metadata.Name), pod.Spec.NodeName, pod.Spec.NodeName.Length == 0 ? None : PodNeeds.Of(pod));

    private void Replace(ResourceSlice slice)
    {
        var (name, node) = (slice.Metadata.Name, slice.Spec.NodeName ?? "");
        Replace(("", name), node, node.Length == 0 ? None : new HashSet<NodeObject> { new("resourceslices", "", name) });
    }

    private void Replace((string Namespace, string Name) pod, string node, IReadOnlySet<NodeObject> needs)
    {
        if (_pods.TryGetValue(pod, out var old) && old.Node == node && old.Needs.SetEquals(needs))
        {
            return;
        }

        // First count the new uses, then drop the old ones, so that a reader never misses an object that stays needed.
        foreach (var need in needs)
        {
            _uses.AddOrUpdate((node, need), 1, static (_, count) => count + 1);
        }

        foreach (var need in old.Needs ?? None)
        {
            if (_uses.AddOrUpdate((old.Node, need), 0, static (_, count) => count - 1) == 0)
            {
                _uses.TryRemove((old.Node, need), out _);
            }
        }

        if (needs.Count == 0)
        {
            _pods.Remove(pod);
        }
        else
        {
            _pods[pod] = (node, needs);
        }

        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An object that a node may need.</summary>
/// <param name="Resource">Resource name, e.g. <c>secrets</c>.</param>
internal readonly record struct NodeObject(string Resource, string Namespace, string Name);
