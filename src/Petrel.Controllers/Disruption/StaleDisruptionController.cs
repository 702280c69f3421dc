using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Disruption;

/// <summary>Takes the condition DisruptionTarget back from pods that were to go but did not (KEP-3329).</summary>
internal sealed class StaleDisruptionController : IReconciler
{
    private const string Condition = "DisruptionTarget";

    /// <summary>Upstream's time after which a pod is not believed to go any more.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly ControllerServices _services;
    private readonly Informer<Pod> _pods;
    private WorkQueue<ObjectKey>? _queue;

    public StaleDisruptionController(ControllerServices services)
    {
        _services = services;
        _pods = services.Informers.For<Pod>();
    }

    public string Name => "disruption-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _pods.Subscribe(change =>
        {
            if (change.New is { } pod && IsWaitedFor(pod))
            {
                queue.Add(ObjectKey.Of(pod));
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Cache.Find(key) is not { } pod || !IsWaitedFor(pod))
        {
            return;
        }

        var now = _services.Time.GetUtcNow();
        var left = (pod.Condition(Condition)!.LastTransitionTime ?? DateTimeOffset.MinValue) - now + Timeout;
        if (left > TimeSpan.Zero)
        {
            _queue!.AddAfter(key, left);
            return;
        }

        var conditions = pod.Status.Conditions.ConvertAll(condition =>
            condition.Type == Condition ? new PodCondition { Type = Condition, Status = "False", LastTransitionTime = now } : condition);
        await _services.Api.UpdateStatusAsync(pod with { Status = pod.Status with { Conditions = conditions } }, cancellationToken);
    }

    // The node agent may take any time from the condition to the deletion, and what has ended stays as it is.
    private static bool IsWaitedFor(Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && !pod.IsTerminal() && pod.Condition(Condition) is { Status: "True", Reason: not "TerminationByKubelet" };
}
