using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Cycle;

/// <summary>Brings a pod onto the node chosen for it: Reserve and Permit on the scheduling loop, the rest beside it.</summary>
internal sealed class BindingCycle(Profile profile, NodeCache cache, WaitingPods waiting)
{
    /// <summary>Reserve and Permit. The second part waits for the outcome of Permit when a plugin asked for that.</summary>
    public (Verdict Verdict, WaitingPod? Wait) Begin(CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in profile.Reserve)
        {
            var verdict = plugin.Reserve(state, pod, node);
            if (!verdict.IsSuccess)
            {
                return (Failed("Reserve", plugin, verdict), null);
            }
        }

        Dictionary<string, TimeSpan>? timeouts = null;
        foreach (var plugin in profile.Permit)
        {
            var (verdict, timeout) = plugin.Permit(state, pod, node);
            if (verdict.Code == VerdictCode.Wait)
            {
                (timeouts ??= new(StringComparer.Ordinal)).Add(plugin.Name, timeout);
            }
            else if (!verdict.IsSuccess)
            {
                return (Failed("Permit", plugin, verdict), null);
            }
        }

        return (Verdict.Success, timeouts is null ? null : waiting.Add(pod.Uid, timeouts));
    }

    /// <summary>From Permit's outcome to PostBind.</summary>
    public async Task<Verdict> FinishAsync(CycleState state, PodInfo pod, string node, WaitingPod? wait, CancellationToken cancellationToken)
    {
        if (wait is not null)
        {
            var permitted = await PermittedAsync(pod, wait, cancellationToken);
            if (!permitted.IsSuccess)
            {
                return permitted;
            }
        }

        foreach (var plugin in profile.PreBind)
        {
            var verdict = await plugin.PreBindAsync(state, pod, node, cancellationToken);
            if (!verdict.IsSuccess)
            {
                return Failed("PreBind", plugin, verdict);
            }
        }

        // The server binds to any name, so a node that went away in the meantime has to be noticed here.
        if (!cache.HasNode(node))
        {
            return Verdict.Error("", $"binding rejected: node \"{node}\" not found");
        }

        return await BindAsync(state, pod, node, cancellationToken);
    }

    /// <summary>Gives back what was set aside, last first.</summary>
    public void Undo(CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in profile.Reserve.Reverse())
        {
            plugin.Unreserve(state, pod, node);
        }
    }

    private async Task<Verdict> PermittedAsync(PodInfo pod, WaitingPod wait, CancellationToken cancellationToken)
    {
        try
        {
            return await wait.OutcomeAsync(cancellationToken);
        }
        finally
        {
            waiting.Remove(pod.Uid);
        }
    }

    private async Task<Verdict> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken)
    {
        foreach (var plugin in profile.Bind)
        {
            var verdict = await plugin.BindAsync(state, pod, node, cancellationToken);
            if (verdict.Code == VerdictCode.Skip)
            {
                continue;
            }

            if (!verdict.IsSuccess)
            {
                return Verdict.Error(plugin.Name, $"binding rejected: running Bind plugin \"{plugin.Name}\": {verdict.Message}", verdict.Exception);
            }

            foreach (var told in profile.PostBind)
            {
                told.PostBind(state, pod, node);
            }

            return Verdict.Success;
        }

        return Verdict.Error("", "binding rejected: no Bind plugin took the pod");
    }

    private static Verdict Failed(string step, IPlugin plugin, Verdict verdict) => verdict.IsRejected
        ? verdict
        : Verdict.Error(plugin.Name, $"running {step} plugin \"{plugin.Name}\": {verdict.Message}", verdict.Exception);
}
