using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.Roles;

/// <summary>Fills ClusterRoles that have an aggregationRule with the rules of the roles that it selects.</summary>
internal sealed class ClusterRoleAggregationController(ControllerServices services) : IReconciler
{
    private readonly Informer<ClusterRole> _roles = services.Informers.For<ClusterRole>();

    public string Name => "clusterrole-aggregation-controller";

    public void Setup(WorkQueue<ObjectKey> queue) => _roles.Subscribe(change =>
    {
        // Any role may be selected by any other; aggregating roles are few.
        foreach (var role in _roles.Cache.List().Where(static role => role.AggregationRule is not null))
        {
            queue.Add(ObjectKey.Of(role));
        }
    });

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_roles.Cache.Find(key) is not { AggregationRule: { } aggregation } role)
        {
            return;
        }

        var rules = Aggregate(role, aggregation);
        if (rules != role.Rules)
        {
            await services.Api.UpdateAsync(role with { Rules = rules }, cancellationToken);
        }
    }

    /// <summary>Rules of the selected roles in the order of the selectors and then of their names, each rule once.</summary>
    private ApiList<PolicyRule> Aggregate(ClusterRole role, AggregationRule aggregation)
    {
        var rules = new List<PolicyRule>();
        foreach (var selector in aggregation.ClusterRoleSelectors.Select(LabelSelectorExpression.From))
        {
            var selected = _roles.Cache.List()
                .Where(other => other.Metadata.Name != role.Metadata.Name && selector.Matches(other.Metadata.Labels))
                .OrderBy(static other => other.Metadata.Name, StringComparer.Ordinal);
            foreach (var rule in selected.SelectMany(static other => other.Rules).Where(rule => !rules.Contains(rule)))
            {
                rules.Add(rule);
            }
        }

        return rules.ToApiList();
    }
}
