using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>
/// Spreads a change of the replica count over all sets of a Deployment in the middle of a rollout, by their sizes, so that
/// the share of old and new pods stays about the same.
/// </summary>
internal static class ProportionalScale
{
    /// <summary>The new size of each active set.</summary>
    public static IReadOnlyList<(ReplicaSet Set, int Size)> Spread(Deployment deployment, IReadOnlyList<ReplicaSet> activeSets)
    {
        var allowed = deployment.Replicas() > 0 ? deployment.Replicas() + deployment.MaxSurge() : 0;
        var change = allowed - activeSets.Sum(static set => set.Replicas());
        var sets = Order(activeSets, growing: change > 0);
        var sizes = new int[sets.Count];
        var done = 0;
        for (var i = 0; i < sets.Count; i++)
        {
            var part = change == 0 ? 0 : Part(deployment, sets[i], change, done);
            sizes[i] = sets[i].Replicas() + part;
            done += part;
        }

        // What rounding left over goes to the first, which is the largest.
        if (sizes.Length > 0)
        {
            sizes[0] = Math.Max(0, sizes[0] + change - done);
        }

        return [.. sets.Select((set, i) => (set, sizes[i]))];
    }

    // Larger sets first; of equal ones the newer grows and the older shrinks.
    private static List<ReplicaSet> Order(IReadOnlyList<ReplicaSet> sets, bool growing)
    {
        var byAge = growing ? sets.OrderByDescending(static set => set.Metadata.CreationTimestamp) : sets.OrderBy(static set => set.Metadata.CreationTimestamp);
        return [.. byAge.OrderByDescending(static set => set.Replicas())];
    }

    private static int Part(Deployment deployment, ReplicaSet set, int change, int done)
    {
        if (set.Replicas() == 0 || change == done)
        {
            return 0;
        }

        var share = Share(deployment, set);
        return change > 0 ? Math.Min(share, change - done) : Math.Max(share, change - done);
    }

    /// <summary>What the set would gain or lose if it kept its share of the largest allowed number of pods.</summary>
    private static int Share(Deployment deployment, ReplicaSet set)
    {
        if (deployment.Replicas() == 0)
        {
            return -set.Replicas();
        }

        // The annotation tells the largest number at the time when the set was last scaled.
        var before = RevisionAnnotations.MaxReplicas(set) is { } annotated and > 0 ? annotated : deployment.Status.Replicas;
        if (before == 0)
        {
            return 0;
        }

        var size = (double)set.Replicas() * (deployment.Replicas() + deployment.MaxSurge()) / before;
        return (int)Math.Round(size, MidpointRounding.AwayFromZero) - set.Replicas();
    }
}
