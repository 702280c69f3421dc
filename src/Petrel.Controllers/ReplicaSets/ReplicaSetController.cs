using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Ownership;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.ReplicaSets;

/// <summary>Keeps as many pods of a template running as a ReplicaSet asks for (apps/v1 ReplicaSet).</summary>
internal sealed class ReplicaSetController : IReconciler
{
    /// <summary>Pods created or deleted in one pass at most, as upstream: the next pass goes on.</summary>
    private const int BurstMax = 500;

    private readonly ControllerServices _services;
    private readonly Informer<ReplicaSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly PodControl _control;
    private readonly OwnershipClaim<ReplicaSet, Pod> _claim;
    private readonly Expectations _expectations;
    private WorkQueue<ObjectKey>? _queue;

    public ReplicaSetController(ControllerServices services)
    {
        _services = services;
        _sets = services.Informers.For<ReplicaSet>().WithOwnership();
        _pods = services.Informers.For<Pod>().WithOwnership();
        _control = new PodControl(services.Api, services.Events);
        _claim = new OwnershipClaim<ReplicaSet, Pod>(services.Api, _pods.Cache);
        _expectations = new Expectations(services.Time);
    }

    public string Name => "replicaset-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _sets.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        new DependentWatch<ReplicaSet, Pod>(_sets, static set => set.Spec.Selector, queue, _expectations).Watch(_pods);
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Cache.Find(key) is not { } set)
        {
            _expectations.Forget(key);
            return;
        }

        // Asked before the pods are read: what arrives in between makes the count newer, never older.
        var upToDate = _expectations.AreMet(key);
        var selector = LabelSelectorExpression.From(set.Spec.Selector);
        var owned = await _claim.ClaimAsync(set, selector, static pod => pod.IsActive(), cancellationToken);
        var pods = owned.Where(static pod => pod.IsActive()).ToList();
        var failure = upToDate && set.Metadata.DeletionTimestamp is null ? await ScaleAsync(key, set, pods, cancellationToken) : null;
        await UpdateStatusAsync(key, set, pods, failure, cancellationToken);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task<Exception?> ScaleAsync(ObjectKey key, ReplicaSet set, List<Pod> pods, CancellationToken cancellationToken)
    {
        var wanted = set.Spec.Replicas ?? 1;
        if (pods.Count < wanted)
        {
            return await CreateAsync(key, set, Math.Min(wanted - pods.Count, BurstMax), cancellationToken);
        }

        return pods.Count > wanted ? await DeleteAsync(key, set, pods, Math.Min(pods.Count - wanted, BurstMax), cancellationToken) : null;
    }

    private async Task<Exception?> CreateAsync(ObjectKey key, ReplicaSet set, int count, CancellationToken cancellationToken)
    {
        // Before the first create: its pod may be in the cache before the answer is here.
        _expectations.Expect(key, count, []);
        var pod = PodFactory.FromTemplate(set.Spec.Template, set);
        var (successes, failure) = await SlowStart.RunAsync(count, () => _control.CreateAsync(set, pod, cancellationToken));
        for (var i = successes; i < count; i++)
        {
            _expectations.CreationObserved(key);
        }

        // A namespace that goes away takes the set with it: nothing to try again.
        return failure is ApiException { IsNamespaceTerminating: true } ? null : failure;
    }

    private async Task<Exception?> DeleteAsync(ObjectKey key, ReplicaSet set, List<Pod> pods, int count, CancellationToken cancellationToken)
    {
        var order = new DeletionOrder(RelatedPods(set), _services.Time.GetUtcNow());
        var surplus = count == pods.Count ? pods : pods.Order(order).Take(count).ToList();
        _expectations.Expect(key, 0, surplus.Select(static pod => pod.Metadata.Uid));
        var failures = await Task.WhenAll(surplus.Select(async pod =>
        {
            try
            {
                await _control.DeleteAsync(set, pod, cancellationToken);
                return (Exception?)null;
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException)
            {
                _expectations.DeletionObserved(key, pod.Metadata.Uid);
                return exception;
            }
        }));
        return Array.Find(failures, static failure => failure is not null);
    }

    /// <summary>Pods of all sets of the same controller: those of a Deployment's other revisions count as neighbours too.</summary>
    private IEnumerable<Pod> RelatedPods(ReplicaSet set)
    {
        var siblings = set.Controller() is null
            ? [set]
            : _sets.Cache.List(set.Metadata.Namespace).Where(other => other.Controller()?.Uid == set.Controller()!.Uid);
        return siblings.SelectMany(sibling => _pods.Cache.ControlledBy(sibling));
    }

    private async Task UpdateStatusAsync(ObjectKey key, ReplicaSet set, List<Pod> pods, Exception? failure, CancellationToken cancellationToken)
    {
        var now = _services.Time.GetUtcNow();
        var status = ReplicaSetStatusCalculation.Calculate(set, pods, failure, now);
        if (status != set.Status)
        {
            await _services.Api.UpdateStatusAsync(set with { Status = status }, cancellationToken);
        }

        // No event tells that time has passed: come back when the next ready pod becomes available.
        if (pods.Select(pod => pod.AvailableIn(set.Spec.MinReadySeconds, now)).Where(static left => left > TimeSpan.Zero).Min() is { } next)
        {
            _queue!.AddAfter(key, next);
        }
    }
}
