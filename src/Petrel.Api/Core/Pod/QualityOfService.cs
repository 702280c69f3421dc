namespace Petrel.Api.Core;

/// <summary>The class of a pod when its node runs short of memory, by the cpu and memory that its containers state, or it itself.</summary>
public static class QualityOfService
{
    /// <summary>
    /// BestEffort: nothing is stated. Guaranteed: every container has both limits, and all requests equal the limits.
    /// Burstable: the rest.
    /// </summary>
    public static string ClassOf(PodSpec spec)
    {
        ApiMap<Quantity> requests = default;
        ApiMap<Quantity> limits = default;
        var isGuaranteed = true;
        foreach (var resources in spec.Resources is { } own ? [own] : spec.Containers.Concat(spec.InitContainers).Select(static container => container.Resources))
        {
            requests = Sum(requests, resources.Requests);
            limits = Sum(limits, resources.Limits);
            isGuaranteed &= resources.Limits.GetValueOrDefault("cpu").Sign > 0 && resources.Limits.GetValueOrDefault("memory").Sign > 0;
        }

        return requests.IsEmpty && limits.IsEmpty ? "BestEffort" : isGuaranteed && requests == limits ? "Guaranteed" : "Burstable";
    }

    private static ApiMap<Quantity> Sum(ApiMap<Quantity> total, ApiMap<Quantity> amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            if (name is "cpu" or "memory" && amount.Sign > 0)
            {
                total = total.With(name, total.GetValueOrDefault(name) + amount);
            }
        }

        return total;
    }
}
