using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Bootstrap.Roles;

namespace Petrel.ApiServer.Tests.Bootstrap;

/// <summary>The bootstrap roles as they are once the aggregation controller has run.</summary>
internal static class GatheredPolicy
{
    public static IReadOnlyList<ClusterRole> ClusterRoles { get; } = Gather();

    private static IReadOnlyList<ClusterRole> Gather()
    {
        var roles = BootstrapPolicy.ClusterRoles;
        // Three rounds, because admin gathers from edit, which gathers from view.
        for (var round = 0; round < 3; round++)
        {
            var last = roles;
            roles = [.. last.Select(role => role.AggregationRule is null ? role : role with { Rules = ClusterRoleAggregation.Gather(role, last) })];
        }

        return roles;
    }
}
