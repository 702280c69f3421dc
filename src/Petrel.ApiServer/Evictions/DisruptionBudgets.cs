using System.Globalization;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Policy;
using Petrel.Api.Resources;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Admission.Quotas;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Evictions;

/// <summary>
/// Lets evictions go on as long as the pod's PodDisruptionBudget allows disruptions, and counts them there: the controller
/// learns of an allowed eviction from the budget's status, before it sees the pod go (kubernetes.io, "Disruptions").
/// </summary>
internal sealed class DisruptionBudgets(Func<ResourceEndpoint> budgets, TimeProvider time) : IEvictionGuard
{
    /// <summary>Allowed evictions that the controller has not seen yet; upstream's limit.</summary>
    private const int DisruptedPodsMax = 2000;

    /// <summary>Tries before an eviction that always loses the race for the budget is given up.</summary>
    private const int AttemptsMax = 20;

    /// <summary>Who writes the status, as its managed fields say.</summary>
    private const string Manager = "kube-apiserver";

    private const string Cause = "DisruptionBudget";
    private const int RetryAfterSeconds = 10;

    private static readonly GroupResource Singular = new("policy", "poddisruptionbudget");

    private readonly NamespaceLocks _locks = new();

    public async ValueTask<StatusException?> AllowAsync(Pod pod, bool dryRun, CancellationToken cancellationToken)
    {
        // Within this server evictions take turns, instead of losing races to each other.
        using var turn = await _locks.EnterAsync(pod.Metadata.Namespace, cancellationToken);
        string name;
        for (var attempt = 1; ; attempt++)
        {
            var found = await FindAsync(pod, cancellationToken);
            if (found.Count > 1)
            {
                throw new StatusException(Statuses.Unknown(500, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));
            }

            if (found.Count == 0)
            {
                return null;
            }

            var (stored, budget) = found[0];
            name = budget.Metadata.Name;
            if (MayGoUncounted(pod, budget))
            {
                return StillProcessed(name);
            }

            var status = Counted(budget, pod.Metadata.Name);
            if (dryRun || await TryStoreAsync(budget, budget with { Status = status }, stored.Revision, cancellationToken))
            {
                return null;
            }

            if (attempt == AttemptsMax)
            {
                throw new StatusException(Statuses.Timeout($"Timeout: couldn't update PodDisruptionBudget \"{name}\" due to conflicts", RetryAfterSeconds));
            }
        }
    }

    // A pod that is not ready does not count as healthy, so that its eviction takes nothing away, while the others suffice or always.
    private static bool MayGoUncounted(Pod pod, PodDisruptionBudget budget) =>
        !pod.Status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" })
        && (budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow" || (budget.Status.DesiredHealthy > 0 && budget.Status.CurrentHealthy >= budget.Status.DesiredHealthy));

    private PodDisruptionBudgetStatus Counted(PodDisruptionBudget budget, string pod)
    {
        var (name, status) = (budget.Metadata.Name, budget.Status);
        if (status.ObservedGeneration < budget.Metadata.Generation)
        {
            throw StillProcessed(name);
        }

        if (status.DisruptionsAllowed < 0)
        {
            throw new StatusException(Statuses.Forbidden(Singular, name, "pdb disruptions allowed is negative"));
        }

        if (status.DisruptedPods.Count > DisruptedPodsMax)
        {
            throw new StatusException(Statuses.Forbidden(Singular, name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller"));
        }

        if (status.DisruptionsAllowed == 0)
        {
            throw TooMany(Denial(name, status), retryAfterSeconds: 0);
        }

        var now = budgets().Now();
        status = status with { DisruptionsAllowed = status.DisruptionsAllowed - 1, DisruptedPods = status.DisruptedPods.With(pod, now) };
        return status.DisruptionsAllowed == 0 ? status.WithAllowedCondition(now) : status;
    }

    private static string Denial(string name, PodDisruptionBudgetStatus status)
    {
        var refusal = status.Conditions.FirstOrDefault(static condition => condition is { Type: PodDisruptionBudgetStatus.DisruptionAllowed, Status: "False", Message.Length: > 0 });
        if (refusal?.Reason == PodDisruptionBudgetStatus.SyncFailed)
        {
            // The numbers are not to be trusted then.
            return $"The disruption budget {name} does not allow evicting pods currently because it failed sync: {refusal.Message}";
        }

        return status.CurrentHealthy <= status.DesiredHealthy
            ? string.Create(CultureInfo.InvariantCulture, $"The disruption budget {name} needs {status.DesiredHealthy} healthy pods and has {status.CurrentHealthy} currently")
            : refusal is null ? $"The disruption budget {name} does not allow evicting pods currently"
            : $"The disruption budget {name} does not allow evicting pods currently ({refusal.Reason}): {refusal.Message}";
    }

    private static StatusException StillProcessed(string name) => TooMany($"The disruption budget {name} is still being processed by the server.", RetryAfterSeconds);

    private static StatusException TooMany(string cause, int retryAfterSeconds)
    {
        var status = Statuses.TooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", retryAfterSeconds);
        return new StatusException(status with { Details = status.Details! with { Causes = [new StatusCause { Reason = Cause, Message = cause }] } });
    }

    private async ValueTask<List<(StoredObject Stored, PodDisruptionBudget Budget)>> FindAsync(Pod pod, CancellationToken cancellationToken)
    {
        var store = budgets().Store;
        var range = await store.RangeAsync(new RangeRequest(store.RangeOf(pod.Metadata.Namespace)), cancellationToken);
        return
        [
            .. range.Items.Select(store.Wrap)
                .Select(static stored => (Stored: stored, Budget: (PodDisruptionBudget)stored.Decode()))
                .Where(entry => LabelSelectorExpression.From(entry.Budget.Spec.Selector).Matches(pod.Metadata.Labels)),
        ];
    }

    private async ValueTask<bool> TryStoreAsync(PodDisruptionBudget old, PodDisruptionBudget value, long revision, CancellationToken cancellationToken)
    {
        var tracked = await budgets().Fields.UpdateAsync(old, value, Manager, "status", time.GetUtcNow(), cancellationToken);
        return await budgets().Store.TryPutAsync(tracked, revision, cancellationToken) is not null;
    }
}
