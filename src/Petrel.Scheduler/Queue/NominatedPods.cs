using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Queue;

/// <summary>Pods for which room is being made on a node (status.nominatedNodeName). Safe for many threads.</summary>
internal sealed class NominatedPods
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PodInfo Pod, string Node)> _pods = new(StringComparer.Ordinal);
    private volatile int _count;

    public int Count => _count;

    public void Set(PodInfo pod, string node)
    {
        lock (_lock)
        {
            if (node.Length == 0)
            {
                _pods.Remove(pod.Uid);
            }
            else
            {
                _pods[pod.Uid] = (pod, node);
            }

            _count = _pods.Count;
        }
    }

    public void Remove(string uid)
    {
        lock (_lock)
        {
            _pods.Remove(uid);
            _count = _pods.Count;
        }
    }

    /// <summary>The node of the pod; empty when it has none.</summary>
    public string NodeOf(string uid)
    {
        lock (_lock)
        {
            return _pods.TryGetValue(uid, out var nominated) ? nominated.Node : "";
        }
    }

    public IReadOnlyList<PodInfo> On(string node)
    {
        lock (_lock)
        {
            return [.. _pods.Values.Where(nominated => nominated.Node == node).Select(static nominated => nominated.Pod)];
        }
    }
}
