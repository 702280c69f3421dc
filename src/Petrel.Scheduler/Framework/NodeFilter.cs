using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Framework;

/// <summary>Runs the filters for a pod on a node.</summary>
internal sealed class NodeFilter(Profile profile, NominatedPods nominated)
{
    public NominatedPods Nominated => nominated;

    /// <summary>
    /// Whether the pod fits on the node, also beside the pods of at least its priority that are nominated to it: those hold
    /// their place until they are there. It has to fit without them too, as affinity to one that never comes helps nobody.
    /// </summary>
    public Verdict Run(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (nominated.Count > 0)
        {
            var others = nominated.On(node.Name).Where(other => other.Uid != pod.Uid && other.Priority >= pod.Priority).ToList();
            if (others.Count > 0)
            {
                var (fullState, fullNode) = (state.Clone(), node);
                foreach (var other in others)
                {
                    fullNode = AddPod(fullState, pod, other, fullNode);
                }

                var beside = RunPlain(fullState, pod, fullNode);
                if (!beside.IsSuccess)
                {
                    return beside;
                }
            }
        }

        return RunPlain(state, pod, node);
    }

    /// <summary>The node with one more pod; the state follows.</summary>
    public NodeInfo AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node)
    {
        foreach (var plugin in profile.PodChanges)
        {
            plugin.AddPod(state, pod, added, node);
        }

        return node.With(added);
    }

    /// <summary>The node without one of its pods; the state follows.</summary>
    public NodeInfo RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node)
    {
        foreach (var plugin in profile.PodChanges)
        {
            plugin.RemovePod(state, pod, removed, node);
        }

        return node.Without(removed.Uid);
    }

    private static Verdict RunPlain(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var plugin in state.Filters)
        {
            var verdict = plugin.Filter(state, pod, node);
            if (!verdict.IsSuccess)
            {
                return verdict;
            }
        }

        return Verdict.Success;
    }
}
