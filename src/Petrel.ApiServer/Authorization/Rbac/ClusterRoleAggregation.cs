using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.Api.Selectors;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Gathers the rules of an aggregated cluster role from the roles that its selectors choose.</summary>
public static class ClusterRoleAggregation
{
    /// <summary>
    /// The rules the role should have: those of every other role that a selector chooses, selectors in order, roles by
    /// name, no rule twice.
    /// </summary>
    public static ApiList<PolicyRule> Gather(ClusterRole role, IEnumerable<ClusterRole> all)
    {
        var byName = all.Where(other => other.Metadata.Name != role.Metadata.Name).OrderBy(static other => other.Metadata.Name, StringComparer.Ordinal).ToList();
        var rules = new List<PolicyRule>();
        foreach (var selector in (role.AggregationRule ?? AggregationRule.Empty).ClusterRoleSelectors)
        {
            var expression = LabelSelectorExpression.From(selector);
            foreach (var rule in byName.Where(other => expression.Matches(other.Metadata.Labels)).SelectMany(static other => other.Rules))
            {
                if (!rules.Contains(rule))
                {
                    rules.Add(rule);
                }
            }
        }

        return rules.ToApiList();
    }
}
