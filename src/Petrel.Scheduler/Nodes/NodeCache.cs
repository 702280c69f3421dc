using Petrel.Api.Core;

namespace Petrel.Scheduler.Nodes;

/// <summary>
/// The nodes and the pods on them as the API tells of them, plus assumed pods: those for which a node was chosen and whose
/// binding is under way. Safe for many threads.
/// </summary>
internal sealed class NodeCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Placed> _pods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private bool _orderChanged;
    private long _lastNumber;

    public void SetNode(Node node)
    {
        lock (_lock)
        {
            var entry = EntryOf(node.Metadata.Name);
            _orderChanged |= !entry.IsKnown || NodeOrder.ZoneOf(entry.Info.Node) != NodeOrder.ZoneOf(node);
            entry.IsKnown = true;
            entry.Info = entry.Info.WithNode(node);
            _changed.Add(node.Metadata.Name);
        }
    }

    public void RemoveNode(string name)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(name, out var entry))
            {
                // Its pods may outlive it for a while: they come and go by their own events.
                entry.IsKnown = false;
                _orderChanged = true;
                DropIfEmpty(name, entry);
            }
        }
    }

    public bool HasNode(string name)
    {
        lock (_lock)
        {
            return _nodes.TryGetValue(name, out var entry) && entry.IsKnown;
        }
    }

    /// <summary>The API says that the pod is on its node. Returns what it had said of the pod there before; null when that is news.</summary>
    public PodInfo? SetPod(Pod pod)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(pod.Metadata.Uid, out var present))
            {
                var known = present.IsAssumed ? null : present.Pod;
                if (present.Node == pod.Spec.NodeName && present.Pod.CountsLike(pod))
                {
                    _pods[pod.Metadata.Uid] = present with { IsAssumed = false };
                    return known;
                }

                Take(present);
                Put(new Placed(new PodInfo(pod), pod.Spec.NodeName, IsAssumed: false));
                return known;
            }

            Put(new Placed(new PodInfo(pod), pod.Spec.NodeName, IsAssumed: false));
            return null;
        }
    }

    /// <summary>The pod is gone or has ended. Returns what the cache had for it.</summary>
    public PodInfo? RemovePod(string uid)
    {
        lock (_lock)
        {
            if (!_pods.Remove(uid, out var present))
            {
                return null;
            }

            Take(present);
            return present.Pod;
        }
    }

    /// <summary>Counts the pod as being on the node until the API says so or <see cref="Forget"/> is called.</summary>
    public void Assume(PodInfo pod, string node)
    {
        lock (_lock)
        {
            // The API may have been faster: what it says stands.
            if (!_pods.ContainsKey(pod.Uid))
            {
                Put(new Placed(pod, node, IsAssumed: true));
            }
        }
    }

    /// <summary>The pod did not get onto the node for which it was assumed. False when the API has told of it in the meantime.</summary>
    public bool Forget(string uid)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(uid, out var present) || !present.IsAssumed)
            {
                return false;
            }

            _pods.Remove(uid);
            Take(present);
            return true;
        }
    }

    /// <summary>Whether the pod has a node, by the API or by assumption.</summary>
    public bool HasPod(string uid)
    {
        lock (_lock)
        {
            return _pods.ContainsKey(uid);
        }
    }

    /// <summary>Makes the snapshot show what the cache has. Costs as much as has changed since the last time.</summary>
    public void Update(Snapshot snapshot)
    {
        lock (_lock)
        {
            if (_orderChanged)
            {
                var known = _nodes.Values.Where(static entry => entry.IsKnown).OrderBy(static entry => entry.Number).Select(static entry => entry.Info);
                snapshot.Replace(NodeOrder.Interleave([.. known]));
            }
            else
            {
                foreach (var name in _changed)
                {
                    if (_nodes.TryGetValue(name, out var entry) && entry.IsKnown)
                    {
                        snapshot.Set(entry.Info);
                    }
                }
            }

            _orderChanged = false;
            _changed.Clear();
        }
    }

    private void Put(Placed placed)
    {
        _pods[placed.Pod.Uid] = placed;
        var entry = EntryOf(placed.Node);
        entry.Info = entry.Info.With(placed.Pod);
        _changed.Add(placed.Node);
    }

    private void Take(Placed placed)
    {
        if (_nodes.TryGetValue(placed.Node, out var entry))
        {
            entry.Info = entry.Info.Without(placed.Pod.Uid);
            _changed.Add(placed.Node);
            DropIfEmpty(placed.Node, entry);
        }
    }

    // Pods can be seen before their node is, and after it.
    private Entry EntryOf(string name)
    {
        if (!_nodes.TryGetValue(name, out var entry))
        {
            entry = new Entry(NodeInfo.Of(new Node { Metadata = new() { Name = name } }), ++_lastNumber);
            _nodes.Add(name, entry);
        }

        return entry;
    }

    private void DropIfEmpty(string name, Entry entry)
    {
        if (!entry.IsKnown && entry.Info.Pods.Length == 0)
        {
            _nodes.Remove(name);
        }
    }

    private sealed class Entry(NodeInfo info, long number)
    {
        public NodeInfo Info { get; set; } = info;

        /// <summary>In the order in which nodes were first heard of.</summary>
        public long Number => number;

        /// <summary>The API has told of the node itself, not only of pods on it.</summary>
        public bool IsKnown { get; set; }
    }

    private sealed record Placed(PodInfo Pod, string Node, bool IsAssumed);
}
