using Petrel.Api.Core;

namespace Petrel.Api.Quotas;

/// <summary>Which objects a quota is about.</summary>
public static class QuotaScopes
{
    /// <summary>The object has all the traits that the quota is limited to.</summary>
    public static bool Includes(ResourceQuota quota, IQuotaEvaluator evaluator, ApiObject value) =>
        quota.Spec.Requirements.All(scope => evaluator.IsInScope(scope, value));
}
