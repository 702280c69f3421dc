namespace Petrel.Scheduler.Queue;

/// <summary>
/// Pods that fit nowhere, grouped by what they want to hear of, so that an event costs nothing to those whom it does not
/// concern. Guarded by its queue.
/// </summary>
internal sealed class UnschedulablePods
{
    private readonly Dictionary<ClusterEventKinds, HashSet<QueuedPod>> _groups = [];

    private readonly SortedSet<QueuedPod> _byAge = new(Comparer<QueuedPod>.Create(static (left, right) =>
    {
        var order = left.QueuedAt.CompareTo(right.QueuedAt);
        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }));

    /// <summary>The one that waits for longest; null when none does.</summary>
    public QueuedPod? Oldest => _byAge.Min;

    public void Add(QueuedPod pod)
    {
        _byAge.Add(pod);
        if (!_groups.TryGetValue(pod.Interests, out var group))
        {
            _groups.Add(pod.Interests, group = []);
        }

        group.Add(pod);
    }

    public void Remove(QueuedPod pod)
    {
        _byAge.Remove(pod);
        if (_groups.TryGetValue(pod.Interests, out var group) && group.Remove(pod) && group.Count == 0)
        {
            _groups.Remove(pod.Interests);
        }
    }

    public IEnumerable<QueuedPod> InterestedIn(ClusterEventKinds kinds) =>
        _groups.Where(group => (group.Key & kinds) != 0).SelectMany(static group => group.Value);
}
