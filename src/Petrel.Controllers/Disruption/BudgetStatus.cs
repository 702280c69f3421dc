using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Policy;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Disruption;

/// <summary>Computes the status of a budget.</summary>
internal static class BudgetStatus
{
    public static PodDisruptionBudgetStatus Of(PodDisruptionBudget budget, WantedPods wanted, IReadOnlyList<Pod> pods, ApiMap<DateTimeOffset?> awaited, DateTimeOffset now)
    {
        var healthy = pods.Count(pod => pod.Metadata.DeletionTimestamp is null && !awaited.ContainsKey(pod.Metadata.Name) && pod.IsReady());
        var status = budget.Status with
        {
            CurrentHealthy = healthy,
            DesiredHealthy = wanted.DesiredHealthy,
            ExpectedPods = wanted.Expected,

            // A group that has no pods yet has none to spare: the first may come before they are counted.
            DisruptionsAllowed = wanted.Expected > 0 ? Math.Max(0, healthy - wanted.DesiredHealthy) : 0,
            DisruptedPods = awaited,
            ObservedGeneration = budget.Metadata.Generation,
        };
        return status.WithAllowedCondition(now);
    }
}
