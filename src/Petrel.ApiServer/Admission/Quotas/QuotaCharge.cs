using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Quotas;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Quotas;

/// <summary>What one write uses more than before, and whether a quota has room for it.</summary>
internal sealed class QuotaCharge(AdmissionRequest request, IQuotaEvaluator evaluator, DateTimeOffset now)
{
    private readonly ApiMap<Quantity> _usage = evaluator.UsageOf(request.Object!, now);

    /// <summary>Sees to it that what may only be used under a quota is.</summary>
    /// <exception cref="StatusException">It is not.</exception>
    public void CheckCovered(LimitedResources limited, IReadOnlyCollection<ResourceQuota> quotas)
    {
        if (limited.Concern(evaluator.Resource) && limited.Refusal(evaluator, request.Object!, _usage, quotas) is { } refusal)
        {
            throw Refuse(refusal);
        }
    }

    /// <summary>The quota with the write charged to it; null when it is not concerned.</summary>
    /// <exception cref="StatusException">There is not room enough, or the object does not state what the quota counts.</exception>
    public ResourceQuota? Apply(ResourceQuota quota)
    {
        var counted = quota.Status.Hard.Keys.Where(evaluator.Counts).ToHashSet(StringComparer.Ordinal);
        if (counted.Count == 0 || !QuotaScopes.Includes(quota, evaluator, request.Object!))
        {
            return null;
        }

        var name = quota.Metadata.Name;
        if (evaluator.Missing(request.Object!, counted) is { } missing)
        {
            throw Refuse($"failed quota: {name}: {missing}");
        }

        if (counted.Any(resource => !quota.Status.Used.ContainsKey(resource)))
        {
            throw Refuse($"status unknown for quota: {name}, resources: {string.Join(",", counted.Order(StringComparer.Ordinal))}");
        }

        var requested = ApiMap.FromPairs(More(quota).Where(amount => counted.Contains(amount.Key)));
        var exceeded = requested.Where(amount => quota.Status.Used[amount.Key] + amount.Value > quota.Status.Hard[amount.Key]).Select(static amount => amount.Key).ToList();
        if (exceeded.Count > 0)
        {
            throw Refuse(
                $"exceeded quota: {name}, requested: {Text(requested, exceeded)}, used: {Text(quota.Status.Used, exceeded)}, limited: {Text(quota.Status.Hard, exceeded)}");
        }

        return requested.IsEmpty ? null : quota with { Status = quota.Status with { Used = quota.Status.Used.Plus(requested) } };
    }

    // An object that the quota did not count before is charged whole. What is freed is counted when it is free.
    private IEnumerable<KeyValuePair<string, Quantity>> More(ResourceQuota quota)
    {
        var before = request.OldObject is { } old && QuotaScopes.Includes(quota, evaluator, old) ? evaluator.UsageOf(old, now) : default;
        return _usage.Select(amount => KeyValuePair.Create(amount.Key, amount.Value - before.GetValueOrDefault(amount.Key))).Where(static amount => amount.Value.Sign > 0);
    }

    private static string Text(ApiMap<Quantity> amounts, List<string> names) => string.Join(",", amounts.Only(names).Select(static amount => $"{amount.Key}={amount.Value}"));

    private StatusException Refuse(string why) => request.Refusal(why);
}
