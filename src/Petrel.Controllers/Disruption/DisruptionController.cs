using Petrel.Api.Core;
using Petrel.Api.Policy;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.Disruption;

/// <summary>
/// Keeps the status of PodDisruptionBudgets, by which the API server decides about evictions: how many pods of the group are
/// healthy, how many must be, and how many may therefore go (kubernetes.io, "Disruptions").
/// </summary>
internal sealed class DisruptionController : IReconciler
{
    /// <summary>An owner may not be in the caches yet, or its API be away for a while: no event tells of the end of that.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly ControllerServices _services;
    private readonly Informer<PodDisruptionBudget> _budgets;
    private readonly Informer<Pod> _pods;
    private readonly OwnerScales _scales;
    private WorkQueue<ObjectKey>? _queue;

    public DisruptionController(ControllerServices services)
    {
        _services = services;
        _budgets = services.Informers.For<PodDisruptionBudget>();
        _pods = services.Informers.For<Pod>();
        _scales = new OwnerScales(services);
    }

    public string Name => "disruption-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _budgets.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _pods.Subscribe(change =>
        {
            // A pod whose labels changed may have left one budget for another.
            if (change.Old is { } old && (change.New is null || change.New.Metadata.Labels != old.Metadata.Labels))
            {
                EnqueueBudgetsOf(old);
            }

            if (change.New is { } pod)
            {
                var names = EnqueueBudgetsOf(pod);
                if (names.Count > 1 && change.Old?.Metadata.Labels != pod.Metadata.Labels)
                {
                    _services.Events.Warning(
                        pod, "MultiplePodDisruptionBudgets", $"Pod \"{pod.Metadata.Namespace}\"/\"{pod.Metadata.Name}\" matches multiple PodDisruptionBudgets.  Chose \"{names[0]}\" arbitrarily.");
                }
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_budgets.Cache.Find(key) is not { } budget)
        {
            return;
        }

        var now = _services.Time.GetUtcNow();
        var selector = LabelSelectorExpression.From(budget.Spec.Selector);
        var pods = _pods.Cache.List(key.Namespace).Where(pod => selector.Matches(pod.Metadata.Labels)).ToList();
        if (pods.Count == 0)
        {
            _services.Events.Normal(budget, "NoPods", "No matching pods found");
        }

        PodDisruptionBudgetStatus status;
        try
        {
            var wanted = await WantedPods.OfAsync(budget, pods, _scales, cancellationToken);
            var disrupted = ExpectedDeletions.Of(budget, pods, now);
            foreach (var pod in disrupted.Overdue)
            {
                _services.Events.Warning(pod, "NotDeleted", $"Pod was expected by PDB {key.Namespace}/{key.Name} to be deleted but it wasn't");
            }

            status = BudgetStatus.Of(budget, wanted, pods, disrupted.Awaited, now);
            if (disrupted.Next is { } next)
            {
                _queue!.AddAfter(key, next - now);
            }
        }
        catch (ExpectedPodsException failure)
        {
            // Nothing is known of the group, so nothing of it may go.
            _services.Events.Warning(budget, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {failure.Message}");
            status = budget.Status.WithFailure(failure.Message, now);
            _queue!.AddAfter(key, RetryDelay);
        }

        if (status != budget.Status)
        {
            await _services.Api.UpdateStatusAsync(budget with { Status = status }, cancellationToken);
        }
    }

    private List<string> EnqueueBudgetsOf(Pod pod)
    {
        var names = new List<string>();
        foreach (var budget in _budgets.Cache.List(pod.Metadata.Namespace))
        {
            if (LabelSelectorExpression.From(budget.Spec.Selector).Matches(pod.Metadata.Labels))
            {
                _queue!.Add(ObjectKey.Of(budget));
                names.Add(budget.Metadata.Name);
            }
        }

        return names;
    }
}
