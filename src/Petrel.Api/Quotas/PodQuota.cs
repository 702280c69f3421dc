using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.Api.Quotas;

/// <summary>Pods use what they ask for until they have ended; only <c>count/pods</c> counts them as long as they exist.</summary>
public sealed class PodQuota : IQuotaEvaluator
{
    private const string ObjectCount = "count/pods";
    private const string RequestsPrefix = "requests.";

    private static readonly string[] Names =
    [
        ObjectCount, "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
        "limits.ephemeral-storage",
    ];

    // What every container has to state when a quota counts it.
    private static readonly string[] Enforced = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    public GroupResource Resource => Pod.Info.GroupResource;

    public bool Counts(string name) => Names.Contains(name) || ResourceNames.IsHugePages(name)
        || (name.StartsWith(RequestsPrefix, StringComparison.Ordinal)
            && (ResourceNames.IsHugePages(name[RequestsPrefix.Length..]) || !ResourceNames.IsNative(name)));

    public ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now)
    {
        var pod = (Pod)value;
        var count = ApiMap.FromPairs<Quantity>((ObjectCount, new Quantity(1)));
        return HasEnded(pod, now) ? count : count.Plus(Computing(PodDemand.Requests(pod), PodDemand.Limits(pod)));
    }

    public bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value)
    {
        var pod = (Pod)value;
        return scope.ScopeName switch
        {
            "Terminating" => HasDeadline(pod),
            "NotTerminating" => !HasDeadline(pod),
            "BestEffort" => IsBestEffort(pod),
            "NotBestEffort" => !IsBestEffort(pod),
            "PriorityClass" => HasPriorityClass(scope, pod.Spec.PriorityClassName),
            "CrossNamespacePodAffinity" => LooksElsewhere(pod.Spec.Affinity),
            _ => false,
        };
    }

    public bool HandlesUpdate(ApiObject value, ApiObject old, string subresource) => subresource switch
    {
        "" => HasDeadline((Pod)value) != HasDeadline((Pod)old),
        "resize" => true,
        _ => false,
    };

    public string? Missing(ApiObject value, IReadOnlyCollection<string> counted)
    {
        var spec = ((Pod)value).Spec;

        // With resources of its own, a pod need not state any for its containers.
        if (PodLevelResources.AreSet(spec))
        {
            return null;
        }

        var missing = new List<string>();
        foreach (var name in Enforced.Where(counted.Contains).Order(StringComparer.Ordinal))
        {
            var containers = spec.Containers.Concat(spec.InitContainers)
                .Where(container => !Computing(container.Resources.Requests, container.Resources.Limits).ContainsKey(name))
                .Select(static container => container.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList();
            if (containers.Count > 0)
            {
                missing.Add($"{name} for: {string.Join(",", containers)}");
            }
        }

        return missing.Count == 0 ? null : "must specify " + string.Join("; ", missing);
    }

    public bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now)
    {
        var (pod, before) = ((Pod)value, (Pod)old);
        return (HasEnded(pod, now) && !HasEnded(before, now)) || HasDeadline(pod) != HasDeadline(before)
            || (pod.Spec.Containers != before.Spec.Containers && UsageOf(pod, now) != UsageOf(before, now));
    }

    private static ApiMap<Quantity> Computing(ApiMap<Quantity> requests, ApiMap<Quantity> limits)
    {
        var used = new List<KeyValuePair<string, Quantity>> { KeyValuePair.Create("pods", new Quantity(1)) };
        foreach (var (name, amount) in requests)
        {
            if (name is "cpu" or "memory" or "ephemeral-storage" || ResourceNames.IsHugePages(name))
            {
                used.Add(KeyValuePair.Create(name, amount));
                used.Add(KeyValuePair.Create(RequestsPrefix + name, amount));
            }
            else if (ResourceNames.IsExtended(name))
            {
                used.Add(KeyValuePair.Create(RequestsPrefix + name, amount));
            }
        }

        foreach (var (name, amount) in limits)
        {
            if (name is "cpu" or "memory" or "ephemeral-storage")
            {
                used.Add(KeyValuePair.Create("limits." + name, amount));
            }
        }

        return ApiMap.FromPairs(used);
    }

    // A pod on a lost node counts no longer than it was given to end.
    private static bool HasEnded(Pod pod, DateTimeOffset now) => pod.Status.Phase is "Failed" or "Succeeded"
        || (pod.Metadata is { DeletionTimestamp: { } deletion, DeletionGracePeriodSeconds: { } grace } && now > deletion.AddSeconds(grace));

    private static bool HasDeadline(Pod pod) => pod.Spec.ActiveDeadlineSeconds >= 0;

    private static bool IsBestEffort(Pod pod) => QualityOfService.ClassOf(pod.Spec) == "BestEffort";

    private static bool HasPriorityClass(ScopedResourceSelectorRequirement scope, string name) => scope.Operator switch
    {
        "Exists" => name.Length > 0,
        "DoesNotExist" => name.Length == 0,
        "In" => name.Length > 0 && scope.Values.Contains(name),
        "NotIn" => name.Length == 0 || !scope.Values.Contains(name),
        _ => false,
    };

    private static bool LooksElsewhere(Affinity? affinity)
    {
        var near = affinity?.PodAffinity;
        var far = affinity?.PodAntiAffinity;
        return Terms(near?.RequiredDuringSchedulingIgnoredDuringExecution ?? default, near?.PreferredDuringSchedulingIgnoredDuringExecution ?? default)
            .Concat(Terms(far?.RequiredDuringSchedulingIgnoredDuringExecution ?? default, far?.PreferredDuringSchedulingIgnoredDuringExecution ?? default))
            .Any(static term => !term.Namespaces.IsEmpty || term.NamespaceSelector is not null);
    }

    private static IEnumerable<PodAffinityTerm> Terms(ApiList<PodAffinityTerm> required, ApiList<WeightedPodAffinityTerm> preferred) =>
        required.Concat(preferred.Select(static weighted => weighted.PodAffinityTerm));
}
