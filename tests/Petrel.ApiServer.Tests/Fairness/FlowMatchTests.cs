using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Fairness;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

/// <summary>Requests of a cluster's usual clients fall under the built-in schemas as upstream documents.</summary>
public sealed class FlowMatchTests
{
    private readonly FlowController _flows = new(600, new FairnessMetrics(new MetricRegistry(), TimeProvider.System), TimeProvider.System);

    public FlowMatchTests() => _flows.Configure(
        [.. BuiltInFlowSchemas.Mandatory, .. BuiltInFlowSchemas.Suggested], [.. BuiltInPriorityLevels.Mandatory, .. BuiltInPriorityLevels.Suggested]);

    [Theory]
    [InlineData("admin", "system:masters", "get", "", "pods", "", "exempt")]
    [InlineData("system:node:a", "system:nodes", "patch", "", "nodes", "status", "system-node-high")]
    [InlineData("system:node:a", "system:nodes", "update", "coordination.k8s.io", "leases", "", "system-node-high")]
    [InlineData("system:node:a", "system:nodes", "list", "", "pods", "", "system-nodes")]
    [InlineData("system:kube-scheduler", "", "update", "coordination.k8s.io", "leases", "", "system-leader-election")]
    [InlineData("system:kube-scheduler", "", "list", "coordination.k8s.io", "leases", "", "kube-scheduler")]
    [InlineData("system:kube-controller-manager", "", "create", "", "endpoints", "", "endpoint-controller")]
    [InlineData("system:serviceaccount:kube-system:endpoint-controller", "system:serviceaccounts", "update", "", "endpoints", "", "endpoint-controller")]
    [InlineData("system:serviceaccount:kube-system:job-controller", "system:serviceaccounts", "create", "", "pods", "", "kube-system-service-accounts")]
    [InlineData("system:serviceaccount:kube-system:job-controller", "system:serviceaccounts", "get", "", "configmaps", "", "workload-leader-election")]
    [InlineData("system:serviceaccount:kube-systems:any", "system:serviceaccounts", "get", "", "configmaps", "", "service-accounts")]
    [InlineData("jane", "", "get", "", "pods", "", "global-default")]
    public void A_request_for_a_resource(string user, string group, string verb, string apiGroup, string resource, string subresource, string schema)
    {
        var info = new RequestInfo { Verb = verb, Path = "", IsResource = true, Group = apiGroup, Version = "v1", Resource = resource, Subresource = subresource, Namespace = resource == "nodes" ? "" : "kube-system" };
        Assert.Equal(schema, _flows.RouteOf(User(user, group), info).SchemaName);
    }

    [Theory]
    [InlineData("/readyz", "get", "probes")]
    [InlineData("/readyz/etcd", "get", "global-default")]
    [InlineData("/readyz", "post", "global-default")]
    [InlineData("/version", "get", "global-default")]
    public void Another_request(string path, string verb, string schema) =>
        Assert.Equal(schema, _flows.RouteOf(User("jane", ""), new RequestInfo { Verb = verb, Path = path }).SchemaName);

    [Theory]
    [InlineData("/healthz/*", "/healthz/etcd", true)]
    [InlineData("/healthz/*", "/healthz", false)]
    [InlineData("*", "/anything", true)]
    public void A_path_may_end_with_a_star(string url, string path, bool matches)
    {
        var rules = new PolicyRulesWithSubjects
        {
            Subjects = [new Subject { Kind = Subject.UserKind, User = new UserSubject { Name = "*" } }],
            NonResourceRules = [new NonResourcePolicyRule { Verbs = ["*"], NonResourceURLs = [url] }],
        };
        Assert.Equal(matches, FlowMatch.Matches([rules], new UserInfo("jane"), new RequestInfo { Verb = "get", Path = path }));
    }

    [Fact]
    public void A_request_without_a_namespace_needs_a_rule_with_cluster_scope()
    {
        var info = new RequestInfo { Verb = "list", Path = "", IsResource = true, Resource = "pods" };
        Assert.False(Matches(clusterScope: false, info));
        Assert.True(Matches(clusterScope: true, info));
        Assert.True(Matches(clusterScope: false, info with { Namespace = "any" }));
    }

    [Fact]
    public void Without_stored_objects_the_mandatory_ones_are_in_force()
    {
        _flows.Configure([], []);
        Assert.Equal("exempt", _flows.RouteOf(User("admin", "system:masters"), new RequestInfo { Verb = "get", Path = "/" }).SchemaName);
        Assert.Equal("catch-all", _flows.RouteOf(User("jane", ""), new RequestInfo { Verb = "get", Path = "/" }).SchemaName);
    }

    private static bool Matches(bool clusterScope, RequestInfo info) => FlowMatch.Matches(
        [
            new PolicyRulesWithSubjects
            {
                Subjects = [new Subject { Kind = Subject.UserKind, User = new UserSubject { Name = "jane" } }],
                ResourceRules = [new ResourcePolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"], Namespaces = ["*"], ClusterScope = clusterScope }],
            },
        ],
        new UserInfo("jane"),
        info);

    private static UserInfo User(string name, string group) => new(name) { Groups = group.Length == 0 ? ["system:authenticated"] : [group, "system:authenticated"] };
}
