using Petrel.Api.Core;
using Petrel.Api.Policy;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.Disruption;

/// <summary>How many pods a budget's group should have, and how many of these must be healthy.</summary>
internal readonly record struct WantedPods(int Expected, int DesiredHealthy)
{
    /// <exception cref="ExpectedPodsException">An owner of the pods does not tell how many it wants.</exception>
    public static async Task<WantedPods> OfAsync(PodDisruptionBudget budget, IReadOnlyList<Pod> pods, OwnerScales scales, CancellationToken cancellationToken)
    {
        // A share, or what may be missing, is reckoned from what the owners want, since pods may be missing already.
        if (budget.Spec.MaxUnavailable is { } most)
        {
            var expected = await ExpectedAsync(pods, scales, cancellationToken);
            return new WantedPods(expected, Math.Max(0, expected - Scaled(most, expected)));
        }

        if (budget.Spec.MinAvailable is not { } least)
        {
            return default;
        }

        var total = least.IsString ? await ExpectedAsync(pods, scales, cancellationToken) : pods.Count;
        return new WantedPods(total, Scaled(least, total));
    }

    // The sum over the owners. Pods that nobody owns do not count: nobody would replace them.
    private static async Task<int> ExpectedAsync(IReadOnlyList<Pod> pods, OwnerScales scales, CancellationToken cancellationToken)
    {
        var byOwner = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (pod.Controller() is { } reference && seen.Add(reference.Uid))
            {
                var scale = await scales.FindAsync(pod.Metadata.Namespace, reference, cancellationToken)
                    ?? throw new ExpectedPodsException($"found no controllers for pod \"{pod.Metadata.Name}\"");
                byOwner[scale.Uid] = scale.Replicas;
            }
        }

        return byOwner.Values.Sum();
    }

    private static int Scaled(Api.IntOrString amount, int total) => amount.TryScale(total, roundUp: true, out var value)
        ? value
        : throw new ExpectedPodsException($"invalid value for IntOrString: invalid type: string is not a percentage");
}
