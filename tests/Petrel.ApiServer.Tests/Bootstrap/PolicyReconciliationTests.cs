using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Bootstrap.Roles;
using Xunit;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Tests.Bootstrap;

public sealed class PolicyReconciliationTests
{
    private static readonly ClusterRole Wanted = ClusterRole("system:x", Allow("get list", "core", "pods"), Allow("get", "apps", "deployments"));

    [Fact]
    public void What_is_as_wanted_or_more_stays()
    {
        Assert.Null(PolicyReconciliation.Reconcile(Wanted, Wanted));
        Assert.Null(PolicyReconciliation.Reconcile(Wanted with { Rules = [Allow("*", "*", "*")] }, Wanted));
        var labelled = Wanted with { Metadata = Wanted.Metadata with { Labels = Wanted.Metadata.Labels.With("mine", "yes") } };
        Assert.Null(PolicyReconciliation.Reconcile(labelled, Wanted));
    }

    [Fact]
    public void Missing_rules_are_added_behind_the_others()
    {
        var stored = Wanted with { Rules = [Allow("watch", "core", "nodes"), Wanted.Rules[1]] };
        Assert.Equal([.. stored.Rules, Wanted.Rules[0]], PolicyReconciliation.Reconcile(stored, Wanted)!.Rules);
    }

    [Fact]
    public void Missing_labels_are_added_and_others_kept()
    {
        var stored = Wanted with { Metadata = Wanted.Metadata with { Labels = ApiMap.FromPairs(("mine", "yes")) } };
        var labels = PolicyReconciliation.Reconcile(stored, Wanted)!.Metadata.Labels;
        Assert.Equal(("yes", "rbac-defaults"), (labels["mine"], labels["kubernetes.io/bootstrapping"]));
    }

    [Fact]
    public void Hands_off_is_respected()
    {
        var stored = Wanted with
        {
            Rules = [],
            Metadata = Wanted.Metadata with { Annotations = ApiMap.FromPairs(("rbac.authorization.kubernetes.io/autoupdate", "false")) },
        };
        Assert.Null(PolicyReconciliation.Reconcile(stored, Wanted));
    }

    [Fact]
    public void The_rules_of_an_aggregated_role_are_left_to_its_controller()
    {
        var wanted = Aggregated("edit", into: "admin");
        Assert.Null(PolicyReconciliation.Reconcile(wanted with { Rules = [Allow("get", "core", "pods")] }, wanted));
        Assert.Equal(wanted.AggregationRule, PolicyReconciliation.Reconcile(wanted with { AggregationRule = null }, wanted)!.AggregationRule);
    }

    [Fact]
    public void Missing_subjects_are_added()
    {
        var wanted = ClusterRoleBinding("system:x", Group("a"), Group("b"));
        var stored = wanted with { Subjects = [Group("b"), Group("mine")] };
        Assert.Equal([Group("b"), Group("mine"), Group("a")], PolicyReconciliation.Reconcile(stored, wanted)!.Subjects);
        Assert.Null(PolicyReconciliation.Reconcile(wanted with { Subjects = [Group("a"), Group("b"), Group("mine")] }, wanted));
    }
}
