using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization.Rbac;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>
/// What a start of the server changes about bootstrap roles and bindings that are already there: it adds what is missing
/// and takes nothing away, unless the object says hands off (kubernetes.io, "Using RBAC Authorization: Auto-reconciliation").
/// </summary>
internal static class PolicyReconciliation
{
    /// <summary>The role as it should be stored; null when nothing is missing.</summary>
    public static ClusterRole? Reconcile(ClusterRole stored, ClusterRole wanted)
    {
        var (rules, selectors) = (stored.Rules, (stored.AggregationRule ?? AggregationRule.Empty).ClusterRoleSelectors);
        var next = stored with
        {
            Metadata = WithMissing(stored.Metadata, wanted.Metadata),
            // The rules of an aggregated role are its controller's.
            Rules = wanted.AggregationRule is null ? rules.AddRange(MissingRules(rules, wanted.Rules)) : rules,
            AggregationRule = wanted.AggregationRule is null ? stored.AggregationRule
                : new AggregationRule { ClusterRoleSelectors = selectors.AddRange(wanted.AggregationRule.ClusterRoleSelectors.Where(selector => !selectors.Contains(selector))) },
        };
        return Changed(stored, next);
    }

    /// <inheritdoc cref="Reconcile(ClusterRole, ClusterRole)"/>
    public static Role? Reconcile(Role stored, Role wanted) => Changed(stored, stored with
    {
        Metadata = WithMissing(stored.Metadata, wanted.Metadata),
        Rules = stored.Rules.AddRange(MissingRules(stored.Rules, wanted.Rules)),
    });

    /// <summary>The binding as it should be stored; null when nothing is missing. One to another role has to be made anew.</summary>
    public static ClusterRoleBinding? Reconcile(ClusterRoleBinding stored, ClusterRoleBinding wanted) => Changed(stored, stored with
    {
        Metadata = WithMissing(stored.Metadata, wanted.Metadata),
        Subjects = WithMissing(stored.Subjects, wanted.Subjects),
        RoleRef = wanted.RoleRef,
    });

    /// <inheritdoc cref="Reconcile(ClusterRoleBinding, ClusterRoleBinding)"/>
    public static RoleBinding? Reconcile(RoleBinding stored, RoleBinding wanted) => Changed(stored, stored with
    {
        Metadata = WithMissing(stored.Metadata, wanted.Metadata),
        Subjects = WithMissing(stored.Subjects, wanted.Subjects),
        RoleRef = wanted.RoleRef,
    });

    private static T? Changed<T>(T stored, T next) where T : ApiObject =>
        stored.Metadata.Annotations.GetValueOrDefault(PolicyText.AutoUpdateAnnotation) == "false" || stored == next ? null : next;

    private static IEnumerable<PolicyRule> MissingRules(ApiList<PolicyRule> held, ApiList<PolicyRule> wanted) =>
        wanted.Where(rule => RuleCoverage.Missing(held, [rule]).Count > 0);

    private static ApiList<Subject> WithMissing(ApiList<Subject> held, ApiList<Subject> wanted)
    {
        var missing = wanted.Where(subject => !held.Contains(subject)).ToList();
        return missing.Count == 0 ? held : held.AddRange(missing);
    }

    private static ObjectMeta WithMissing(ObjectMeta held, ObjectMeta wanted) => held with
    {
        Labels = wanted.Labels.WithRange(held.Labels),
        Annotations = wanted.Annotations.WithRange(held.Annotations),
    };
}
