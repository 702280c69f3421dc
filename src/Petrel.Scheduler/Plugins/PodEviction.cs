using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>Removes the victims of a preemption.</summary>
internal sealed class PodEviction(PluginServices services)
{
    private readonly PodStatusWriter _status = new(services.Api, services.Time);

    /// <param name="lower">Less important pods that were nominated to the node, and no longer are.</param>
    /// <exception cref="ApiException">The server refused; some victims may be gone.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task RunAsync(PodInfo preemptor, PreemptionCandidate candidate, IReadOnlyList<PodInfo> lower, CancellationToken cancellationToken)
    {
        await Task.WhenAll(candidate.Victims.Select(victim => EvictAsync(preemptor, victim, candidate.Node, cancellationToken)));
        foreach (var other in lower)
        {
            await IgnoreGoneAsync(() => _status.WriteAsync(other.Pod, null, "", cancellationToken));
        }
    }

    private async Task EvictAsync(PodInfo preemptor, PodInfo victim, string node, CancellationToken cancellationToken)
    {
        if (services.Waiting.Find(victim.Uid) is { } waiting)
        {
            // Not bound yet: its binding is called off, and it is scheduled anew.
            waiting.Reject(DefaultPreemption.PluginName, "preempted");
        }
        else if (!victim.IsTerminating)
        {
            var condition = new PodCondition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "PreemptionByScheduler",
                Message = $"{preemptor.Pod.Spec.SchedulerName}: preempting to accommodate a higher priority pod",
            };
            await IgnoreGoneAsync(() => _status.WriteAsync(victim.Pod, condition, null, cancellationToken));
            await IgnoreGoneAsync(() => services.Api.DeleteAsync<Pod>(
                victim.Namespace, victim.Pod.Metadata.Name, new() { Preconditions = new() { Uid = victim.Uid } }, cancellationToken));
        }

        services.Events.Record(victim.Pod, preemptor.Pod, "Normal", "Preempted", "Preempting", $"Preempted by pod {preemptor.Uid} on node {node}");
    }

    // What is gone already has made its room.
    private static async Task IgnoreGoneAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
        }
    }
}
