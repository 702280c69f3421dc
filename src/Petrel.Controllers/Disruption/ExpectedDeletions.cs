using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Policy;

namespace Petrel.Controllers.Disruption;

/// <summary>Pods whose eviction was allowed and that are still there.</summary>
/// <param name="Awaited">Those that may still go, and when they were to.</param>
/// <param name="Overdue">Those that did not go in time, and count again.</param>
/// <param name="Next">When the first of the awaited is overdue.</param>
internal sealed record ExpectedDeletions(ApiMap<DateTimeOffset?> Awaited, IReadOnlyList<Pod> Overdue, DateTimeOffset? Next)
{
    /// <summary>How long an allowed eviction is believed in.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static ExpectedDeletions Of(PodDisruptionBudget budget, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        var awaited = new List<KeyValuePair<string, DateTimeOffset?>>();
        var overdue = new List<Pod>();
        DateTimeOffset? next = null;
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null || !budget.Status.DisruptedPods.TryGetValue(pod.Metadata.Name, out var since))
            {
                continue;
            }

            if (since is not { } start || now - start > Timeout)
            {
                overdue.Add(pod);
                continue;
            }

            awaited.Add(KeyValuePair.Create(pod.Metadata.Name, since));
            next = next is { } earlier && earlier < start + Timeout ? earlier : start + Timeout;
        }

        return new ExpectedDeletions(awaited.Count == 0 ? default : ApiMap.FromPairs(awaited), overdue, next);
    }
}
