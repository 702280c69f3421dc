using System.Globalization;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>Tells which pods that are there already a stricter policy would refuse.</summary>
internal sealed class ExistingPods(Func<ResourceEndpoint> pods, PodSecuritySettings settings)
{
    /// <summary>Pods of a namespace that are looked at; upstream's bound.</summary>
    private const int PodsMax = 3000;

    /// <summary>A heading and a line for each way to violate the policy; nothing when all pods keep to it.</summary>
    public async ValueTask<IReadOnlyList<string>> WarningsAsync(string @namespace, LevelVersion policy, CancellationToken cancellationToken)
    {
        var store = pods().Store;
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf(@namespace)), cancellationToken);
        var existing = found.Items.Select(item => (Pod)store.Wrap(item).Decode()).ToList();
        var violations = Prioritized(existing).Take(PodsMax)
            .Where(pod => pod.Spec.RuntimeClassName is not { } runtime || !settings.ExemptRuntimeClasses.Contains(runtime))
            .Select(pod => (pod.Metadata.Name, Reasons: string.Join(", ", PodEvaluation.Failures(new CheckedPod(pod.Metadata, pod.Spec), policy).Select(static failure => failure.Reason))))
            .Where(static violation => violation.Reasons.Length > 0)
            .GroupBy(static violation => violation.Reasons, StringComparer.Ordinal)
            .Select(static group => Line(group.First().Name, group.Count() - 1, group.Key))
            .Order(StringComparer.Ordinal)
            .ToList();
        List<string> limit = existing.Count > PodsMax ? [string.Create(CultureInfo.InvariantCulture, $"new PodSecurity enforce level only checked against the first {PodsMax} of {existing.Count} existing pods")] : [];
        if (violations.Count == 0)
        {
            return limit;
        }

        var heading = $"existing pods in namespace \"{@namespace}\" violate the new PodSecurity enforce level \"{policy}\"";
        return [.. limit, heading, .. violations];
    }

    // Pods of the same owner are alike: one of each is looked at before the others.
    private static IEnumerable<Pod> Prioritized(List<Pod> pods)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        var isFirst = pods.ConvertAll(pod => pod.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true) is not { } owner || owners.Add(owner.Uid));
        return pods.Where((_, i) => isFirst[i]).Concat(pods.Where((_, i) => !isFirst[i]));
    }

    private static string Line(string pod, int others, string reasons) => others switch
    {
        0 => $"{pod}: {reasons}",
        1 => $"{pod} (and 1 other pod): {reasons}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{pod} (and {others} other pods): {reasons}"),
    };
}
