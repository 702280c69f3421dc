using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Feeds;
using Petrel.ApiServer.Authorization.Rbac;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Rbac;

public sealed class RbacAuthorizerTests
{
    private readonly RbacIndex _index = new();

    [Theory]
    [InlineData("get", "pods", "", true)]
    [InlineData("list", "pods", "", false)]
    [InlineData("get", "pods/log", "", false)]
    [InlineData("get", "deployments", "apps", false)]
    [InlineData("*", "pods", "", false)]
    [InlineData("get", "*", "", false)]
    public async Task A_plain_rule_covers_its_verb_resource_and_group_and_nothing_else(string verb, string resource, string group, bool allowed)
    {
        Give(Rule("get", "core", "pods"));
        Assert.Equal(allowed, (await _index.DecideAsync(Ask(User("u"), verb, resource, "ns", group: group))).IsAllowed);
    }

    [Theory]
    [InlineData("* core pods", "watch", "pods", "", true)]
    [InlineData("get * deployments", "get", "deployments", "apps", true)]
    [InlineData("get core *", "get", "pods/log", "", true)]
    [InlineData("get core *", "get", "deployments", "apps", false)]
    [InlineData("get * */scale", "get", "deployments/scale", "apps", true)]
    [InlineData("get * */scale", "get", "deployments", "apps", false)]
    [InlineData("get * */scale", "get", "deployments/status", "apps", false)]
    [InlineData("get core pods/*", "get", "pods/log", "", false)]
    [InlineData("GET core Pods", "get", "pods", "", false)]
    public async Task Stars_cover_what_they_stand_for(string rule, string verb, string resource, string group, bool allowed)
    {
        var parts = rule.Split(' ');
        Give(Rule(parts[0], parts[1], parts[2]));
        Assert.Equal(allowed, (await _index.DecideAsync(Ask(User("u"), verb, resource, "ns", group: group))).IsAllowed);
    }

    [Theory]
    [InlineData("get", "one", true)]
    [InlineData("get", "two", false)]
    [InlineData("list", "", false)]
    [InlineData("create", "", false)]
    public async Task Resource_names_limit_a_rule_to_requests_that_name_them(string verb, string name, bool allowed)
    {
        Give(Rule("get list create", "core", "configmaps", names: "one"));
        Assert.Equal(allowed, (await _index.DecideAsync(Ask(User("u"), verb, "configmaps", "ns", name))).IsAllowed);
    }

    [Theory]
    [InlineData("/healthz", "/healthz", true)]
    [InlineData("/healthz", "/healthz/etcd", false)]
    [InlineData("/custom/*", "/custom/x/y", true)]
    [InlineData("/custom/*", "/custom", false)]
    [InlineData("*", "/anything", true)]
    public async Task Paths_match_whole_or_by_a_star_at_the_end(string rule, string path, bool allowed)
    {
        _index.Set(ClusterRole("c", PathRule("get", rule)));
        _index.Set(BindInCluster("b", "c", ToUser("u")));
        Assert.Equal(allowed, (await _index.DecideAsync(AskPath(User("u"), "get", path))).IsAllowed);
        Assert.False((await _index.DecideAsync(AskPath(User("u"), "post", path))).IsAllowed);
        Assert.False((await _index.DecideAsync(Ask(User("u"), "get", "pods", "ns"))).IsAllowed);
    }

    [Fact]
    public async Task A_role_binding_gives_nothing_outside_its_namespace()
    {
        _index.Set(ClusterRole("c", Rule("get", "core", "configmaps nodes"), PathRule("get", "/custom/*")));
        _index.Set(Bind("ns", "b", "ClusterRole", "c", ToUser("u")));
        Assert.True((await _index.DecideAsync(Ask(User("u"), "get", "configmaps", "ns"))).IsAllowed);
        Assert.False((await _index.DecideAsync(Ask(User("u"), "get", "configmaps", "other"))).IsAllowed);
        Assert.False((await _index.DecideAsync(Ask(User("u"), "get", "nodes"))).IsAllowed);
        Assert.False((await _index.DecideAsync(AskPath(User("u"), "get", "/custom/x"))).IsAllowed);
    }

    [Fact]
    public async Task Reasons_name_the_binding_the_role_and_the_subject()
    {
        _index.Set(ClusterRole("c", Rule("get", "core", "pods")));
        _index.Set(BindInCluster("crb", "c", ToGroup("g")));
        _index.Set(Role("ns", "r", Rule("get", "core", "pods"), Rule("list", "core", "pods")));
        _index.Set(Bind("ns", "b", "Role", "r", ToUser("u"), ToAccount("kube-system", "robot")));

        async Task<string> Reason(AuthorizationAttributes question) => (await _index.DecideAsync(question)).Reason;
        Assert.Equal("RBAC: allowed by ClusterRoleBinding \"crb\" of ClusterRole \"c\" to Group \"g\"", await Reason(Ask(User("u", "g"), "get", "pods", "ns")));
        Assert.Equal("RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to User \"u\"", await Reason(Ask(User("u", "g"), "list", "pods", "ns")));
        Assert.Equal(
            "RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to ServiceAccount \"robot/kube-system\"",
            await Reason(Ask(User("system:serviceaccount:kube-system:robot"), "get", "pods", "ns")));
    }

    [Fact]
    public async Task A_binding_to_a_missing_role_is_told_when_nothing_else_allows()
    {
        _index.Set(Bind("ns", "b", "Role", "missing", ToUser("u")));
        var decision = await _index.DecideAsync(Ask(User("u"), "get", "pods", "ns"));
        Assert.Equal((Verdict.NoOpinion, "RBAC: role.rbac.authorization.k8s.io \"missing\" not found"), (decision.Verdict, decision.Reason));
    }

    [Fact]
    public async Task Removing_a_role_or_binding_takes_the_permission_away()
    {
        Give(Rule("get", "core", "pods"));
        var question = Ask(User("u"), "get", "pods", "ns");
        Assert.True((await _index.DecideAsync(question)).IsAllowed);
        ((IFeedTarget<Api.Rbac.RoleBinding>)_index).Remove("ns", "b");
        Assert.False((await _index.DecideAsync(question)).IsAllowed);
        _index.Set(Bind("ns", "b", "Role", "r", ToUser("u")));
        ((IFeedTarget<Api.Rbac.Role>)_index).Remove("ns", "r");
        Assert.False((await _index.DecideAsync(question)).IsAllowed);
    }

    private void Give(Api.Rbac.PolicyRule rule)
    {
        _index.Set(Role("ns", "r", rule));
        _index.Set(Bind("ns", "b", "Role", "r", ToUser("u")));
    }
}
