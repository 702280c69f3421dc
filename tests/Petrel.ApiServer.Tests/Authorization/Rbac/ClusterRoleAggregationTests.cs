using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization.Rbac;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Rbac;

public sealed class ClusterRoleAggregationTests
{
    [Fact]
    public void Rules_of_selected_roles_are_gathered_by_name_without_repetition()
    {
        var pods = Rule("get", "core", "pods");
        var nodes = Rule("get", "core", "nodes");
        var a = Labelled(ClusterRole("a", pods), "agg", "x");
        var b = Labelled(ClusterRole("b", pods, nodes), "agg", "x");
        var other = Labelled(ClusterRole("c", Rule("*", "*", "*")), "agg", "y");
        var role = Labelled(ClusterRole("agg", Rule("delete", "batch", "jobs")), "agg", "x") with
        {
            AggregationRule = new AggregationRule
            {
                ClusterRoleSelectors = [new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = "agg", Operator = "In", Values = ["x"] }] }],
            },
        };
        Assert.Equal([pods, nodes], ClusterRoleAggregation.Gather(role, [other, b, role, a]));
    }

    private static ClusterRole Labelled(ClusterRole role, string key, string value) =>
        role with { Metadata = role.Metadata with { Labels = ApiMap.FromPairs((key, value)) } };
}
