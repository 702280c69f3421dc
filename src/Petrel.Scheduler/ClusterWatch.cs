using Petrel.Api.Core;
using Petrel.Client.Informers;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler;

/// <summary>Brings what the API tells of pods, nodes and namespaces into cache and queue.</summary>
internal sealed class ClusterWatch(SchedulerOptions options, NodeCache cache, SchedulingQueue queue, NominatedPods nominated, NamespaceLabels namespaces, WaitingPods waiting)
{
    /// <summary>Pods that ended take nothing from a node, and are not followed.</summary>
    public static InformerOptions LivePods { get; } = new() { FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" };

    public void Subscribe(InformerFactory informers)
    {
        informers.For<Pod>(LivePods).Subscribe(Follow);
        informers.For<Node>().Subscribe(Follow);
        informers.For<Namespace>().Subscribe(Follow);
    }

    private void Follow(Change<Pod> change)
    {
        if (change.Old is { } old && change.New is { } current && old.Metadata.Uid != current.Metadata.Uid)
        {
            // Two different pods of one name: the informer was away between them.
            Remove(old);
            Set(null, current);
        }
        else if (change.New is { } pod)
        {
            Set(change.Old, pod);
        }
        else
        {
            Remove(change.Object);
        }
    }

    private void Set(Pod? old, Pod pod)
    {
        var uid = pod.Metadata.Uid;
        if (pod.Spec.NodeName.Length > 0)
        {
            queue.Remove(uid);
            nominated.Remove(uid);
            Tell(cache.SetPod(pod), pod);
        }
        else if (pod.Spec.SchedulerName != options.SchedulerName)
        {
            return;
        }
        else if (pod.Metadata.DeletionTimestamp is not null)
        {
            // It will never run.
            Drop(uid, "pod is being deleted");
        }
        else
        {
            // Only a change counts: the scheduler's own latest word may not be written yet.
            if ((old?.Status.NominatedNodeName ?? "") != pod.Status.NominatedNodeName && !cache.HasPod(uid))
            {
                nominated.Set(new PodInfo(pod), pod.Status.NominatedNodeName);
            }

            queue.Set(pod);
        }
    }

    private void Remove(Pod pod)
    {
        Drop(pod.Metadata.Uid, "pod was deleted");
        if (cache.RemovePod(pod.Metadata.Uid) is { } gone)
        {
            queue.Tell(new ClusterEvent(ClusterEventKinds.AssignedPodDeleted) { OldPod = gone });
        }
    }

    private void Drop(string uid, string why)
    {
        queue.Remove(uid);
        nominated.Remove(uid);
        waiting.Find(uid)?.Reject("", why);
    }

    private void Tell(PodInfo? old, Pod pod)
    {
        if (old is not null && old.CountsLike(pod))
        {
            return;
        }

        var current = new PodInfo(pod);
        if (old is null)
        {
            queue.Tell(new ClusterEvent(ClusterEventKinds.AssignedPodAdded) { NewPod = current });
            return;
        }

        var kinds = (old.Labels != pod.Metadata.Labels ? ClusterEventKinds.AssignedPodLabels : 0)
            | (IsLess(current.Requests, old.Requests) ? ClusterEventKinds.AssignedPodScaledDown : 0)
            | (current.IsTerminating != old.IsTerminating ? ClusterEventKinds.AssignedPodLabels : 0);
        if (kinds != ClusterEventKinds.None)
        {
            queue.Tell(new ClusterEvent(kinds) { OldPod = old, NewPod = current });
        }
    }

    private static bool IsLess(ResourceTotals current, ResourceTotals old) =>
        current.MilliCpu < old.MilliCpu || current.Memory < old.Memory || current.EphemeralStorage < old.EphemeralStorage;

    private void Follow(Change<Node> change)
    {
        if (change.New is not { } node)
        {
            cache.RemoveNode(change.Old!.Metadata.Name);
            queue.Tell(new ClusterEvent(ClusterEventKinds.NodeDeleted) { OldNode = change.Old });
            return;
        }

        cache.SetNode(node);
        var kinds = change.Old is { } old ? Difference(old, node) : ClusterEventKinds.NodeAdded;
        if (kinds != ClusterEventKinds.None)
        {
            queue.Tell(new ClusterEvent(kinds) { OldNode = change.Old, NewNode = node });
        }
    }

    private static ClusterEventKinds Difference(Node old, Node current) =>
        (old.Status.Allocatable != current.Status.Allocatable ? ClusterEventKinds.NodeAllocatable : 0)
        | (old.Metadata.Labels != current.Metadata.Labels ? ClusterEventKinds.NodeLabels : 0)
        | (old.Spec.Taints != current.Spec.Taints || old.Spec.Unschedulable != current.Spec.Unschedulable ? ClusterEventKinds.NodeTaints : 0);

    private void Follow(Change<Namespace> change)
    {
        if (change.New is { } current && change.Old?.Metadata.Labels == current.Metadata.Labels && change.Old is not null)
        {
            return;
        }

        namespaces.Set(change.Object.Metadata.Name, change.New?.Metadata.Labels);
        queue.Tell(new ClusterEvent(ClusterEventKinds.NamespaceLabels));
    }
}
