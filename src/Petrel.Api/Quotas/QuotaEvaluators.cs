using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>The evaluators by resource: special ones where objects use more than their number, the counting one for all others.</summary>
public static class QuotaEvaluators
{
    private static readonly IQuotaEvaluator[] Special = [new PodQuota(), new ServiceQuota(), new ClaimQuota(), new DeviceClaimQuota()];

    public static IQuotaEvaluator For(GroupResource resource) =>
        Array.Find(Special, evaluator => evaluator.Resource == resource) ?? new ObjectCountQuota(resource);

    /// <summary>The evaluators that the names in a quota call for; names that nothing counts call for none.</summary>
    public static IReadOnlyList<IQuotaEvaluator> Counting(IEnumerable<string> names)
    {
        var found = new Dictionary<GroupResource, IQuotaEvaluator>();
        foreach (var name in names)
        {
            var evaluator = Array.Find(Special, special => special.Counts(name)) ?? Generic(name);
            if (evaluator is not null)
            {
                found.TryAdd(evaluator.Resource, evaluator);
            }
        }

        return [.. found.Values];
    }

    private static ObjectCountQuota? Generic(string name)
    {
        const string Prefix = "count/";
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var plain = new ObjectCountQuota(new GroupResource("", name));
            return plain.Counts(name) ? plain : null;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var resource = dot < 0 ? new GroupResource("", name[Prefix.Length..]) : new GroupResource(name[(dot + 1)..], name[Prefix.Length..dot]);
        return new ObjectCountQuota(resource);
    }
}
