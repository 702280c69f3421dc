using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>More important pods first, then those that wait for longer.</summary>
internal sealed class PrioritySort : IQueueSortPlugin
{
    public string Name => "PrioritySort";

    public int Compare(QueuedPod left, QueuedPod right)
    {
        var order = right.Pod.Priority.CompareTo(left.Pod.Priority);
        return order != 0 ? order : left.QueuedAt.CompareTo(right.QueuedAt);
    }
}
