using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization.Rbac;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Rbac;

/// <summary>The messages are those that a real server was seen to give.</summary>
public sealed class EscalationCheckTests
{
    private static readonly UserInfo Bob = User("bob", "system:authenticated");

    private readonly RbacIndex _index = new();
    private readonly EscalationCheck _check;

    public EscalationCheckTests() => _check = new EscalationCheck(_index, new RbacAuthorizer(_index));

    [Fact]
    public async Task A_role_with_held_rules_is_fine_and_one_with_more_lists_what_is_missing()
    {
        Give(Rule("get", "core", "configmaps"));
        Assert.Null(await _check.CheckAsync(Bob, Role("ns", "ok", Rule("get", "core", "configmaps")), null));

        var refusal = await _check.CheckAsync(Bob, Role("ns", "bad", Rule("get list", "core", "configmaps secrets")), null);
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"bad\" is forbidden: user \"bob\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n"
            + "{APIGroups:[\"\"], Resources:[\"configmaps\"], Verbs:[\"list\"]}\n"
            + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}",
            refusal!.Message);
        Assert.Equal(403, refusal.Code);
    }

    [Fact]
    public async Task Names_and_groups_are_listed_one_by_one()
    {
        var user = User("bob", "g1", "g2", "system:authenticated");
        var refusal = await _check.CheckAsync(user, Role("ns", "bad", Rule("get", "apps core", "deployments/scale pods", names: "n1 n2")), null);
        var lines = refusal!.Message.Split('\n');
        Assert.EndsWith("user \"bob\" (groups=[\"g1\" \"g2\" \"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:", lines[0], StringComparison.Ordinal);
        Assert.Equal("{APIGroups:[\"\"], Resources:[\"deployments/scale\"], ResourceNames:[\"n1\"], Verbs:[\"get\"]}", lines[1]);
        Assert.Equal("{APIGroups:[\"apps\"], Resources:[\"pods\"], ResourceNames:[\"n2\"], Verbs:[\"get\"]}", lines[8]);
        Assert.Equal(9, lines.Length);
    }

    [Theory]
    [InlineData("* core configmaps", "get delete core configmaps x", true)]
    [InlineData("get core pods", "get core pods/log", false)]
    [InlineData("get core pods", "get * pods", false)]
    [InlineData("get * */scale", "get apps deployments/scale", true)]
    [InlineData("get core configmaps x", "get core configmaps", false)]
    public async Task Wildcards_cover_what_they_stand_for(string held, string wanted, bool covered)
    {
        Give(Parse(held));
        Assert.Equal(covered, await _check.CheckAsync(Bob, Role("ns", "r", Parse(wanted)), null) is null);
    }

    [Fact]
    public async Task Paths_are_covered_by_prefixes()
    {
        _index.Set(ClusterRole("held", PathRule("get", "/healthz /custom/*")));
        _index.Set(BindInCluster("b", "held", ToUser("bob")));
        Assert.Null(await _check.CheckAsync(Bob, ClusterRole("a", PathRule("get", "/healthz /custom/x")), null));
        var refusal = await _check.CheckAsync(Bob, ClusterRole("b", PathRule("get", "/secret/*")), null);
        Assert.EndsWith("\n{NonResourceURLs:[\"/secret/*\"], Verbs:[\"get\"]}", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_escalate_lifts_the_check()
    {
        Give(Rule("escalate", "rbac.authorization.k8s.io", "roles"));
        Assert.Null(await _check.CheckAsync(Bob, Role("ns", "r", Rule("get", "core", "secrets")), null));
        Assert.NotNull(await _check.CheckAsync(Bob, Role("other", "r", Rule("get", "core", "secrets")), null));
    }

    [Fact]
    public async Task Masters_may_grant_anything() =>
        Assert.Null(await _check.CheckAsync(User("root", "system:masters"), ClusterRole("all", Rule("*", "*", "*")), null));

    [Fact]
    public async Task Aggregation_needs_full_authority()
    {
        var role = ClusterRole("agg") with { AggregationRule = new AggregationRule { ClusterRoleSelectors = [new LabelSelector()] } };
        var refusal = await _check.CheckAsync(Bob, role, null);
        Assert.Equal("clusterroles.rbac.authorization.k8s.io \"agg\" is forbidden: must have cluster-admin privileges to use the aggregationRule", refusal!.Message);

        _index.Set(ClusterRole("cluster-admin", Rule("*", "*", "*"), PathRule("*", "*")));
        _index.Set(BindInCluster("b", "cluster-admin", ToUser("bob")));
        Assert.Null(await _check.CheckAsync(Bob, role, null));
    }

    [Fact]
    public async Task Binding_needs_the_rules_of_the_role_or_the_verb_bind()
    {
        _index.Set(Role("ns", "t", Rule("get", "core", "secrets")));
        var binding = Bind("ns", "x", "Role", "t", ToUser("a"));
        var refusal = await _check.CheckAsync(Bob, binding, null);
        Assert.StartsWith("rolebindings.rbac.authorization.k8s.io \"x\" is forbidden: user \"bob\"", refusal!.Message, StringComparison.Ordinal);

        Give(Rule("bind", "rbac.authorization.k8s.io", "roles", names: "t"));
        Assert.Null(await _check.CheckAsync(Bob, binding, null));
    }

    [Fact]
    public async Task Binding_a_missing_role_is_not_found_in_the_name_of_bindings()
    {
        var refusal = await _check.CheckAsync(Bob, Bind("ns", "x", "Role", "missing", ToUser("a")), null);
        Assert.Equal((404, "rolebindings.rbac.authorization.k8s.io \"missing\" not found"), (refusal!.Code, refusal.Message));
    }

    [Fact]
    public async Task Changes_of_owners_and_finalizers_alone_are_not_checked_but_labels_are()
    {
        var stored = Role("ns", "t", Rule("get", "core", "secrets"));
        var released = stored with { Metadata = stored.Metadata with { Finalizers = ["x"], OwnerReferences = [new OwnerReference { Uid = "1" }] } };
        Assert.Null(await _check.CheckAsync(Bob, released, stored));
        var labelled = stored with { Metadata = stored.Metadata with { Labels = ApiMap.FromPairs(("a", "b")) } };
        Assert.NotNull(await _check.CheckAsync(Bob, labelled, stored));
    }

    private void Give(PolicyRule rule)
    {
        _index.Set(Role("ns", "given", rule));
        _index.Set(Bind("ns", "given", "Role", "given", ToUser("bob")));
    }

    // Verbs, group, resource, name; several verbs come first.
    private static PolicyRule Parse(string text)
    {
        var words = text.Split(' ');
        var group = Array.FindIndex(words, 1, static word => word is "core" or "apps" or "*");
        return Rule(string.Join(' ', words[..group]), words[group], words[group + 1], words.Length > group + 2 ? words[group + 2] : "");
    }
}
