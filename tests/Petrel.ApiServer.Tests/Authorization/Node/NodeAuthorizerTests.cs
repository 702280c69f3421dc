using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.DynamicResources;
using Petrel.Api.Meta;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Node;
using Petrel.ApiServer.Bootstrap.Roles;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Node;

/// <summary>The texts are those that a real server was seen to give.</summary>
public sealed class NodeAuthorizerTests
{
    private readonly NodeGraph _graph = new();

    [Fact]
    public async Task A_pod_bound_to_the_node_makes_what_it_mentions_readable()
    {
        _graph.Set(PodOn("n1"));
        Assert.True((await DecideAsync("get", "configmaps", "c")).IsAllowed);
        Assert.True((await DecideAsync("get", "secrets", "s")).IsAllowed);
        Assert.True((await DecideAsync("get", "secrets", "pull")).IsAllowed);
        Assert.True((await DecideAsync("get", "persistentvolumeclaims", "claim")).IsAllowed);
        Assert.True((await DecideAsync("get", "persistentvolumeclaims", "p-scratch")).IsAllowed);
        Assert.True((await DecideAsync("get", "configmaps", "kube-root-ca.crt")).IsAllowed);
        Assert.True((await DecideAsync("create", "serviceaccounts/token", "robot")).IsAllowed);
        Assert.True((await DecideAsync("get", "pods", "p")).IsAllowed);
        Assert.Equal("no relationship found between node 'n1' and this object", (await DecideAsync("get", "configmaps", "other")).Reason);
        Assert.Equal("no relationship found between node 'n2' and this object", (await DecideAsync("get", "configmaps", "c", node: "n2")).Reason);
    }

    [Fact]
    public async Task An_agent_that_knows_its_pod_before_the_graph_does_is_not_refused()
    {
        var asked = DecideAsync("get", "configmaps", "c");
        Assert.False(asked.IsCompleted);
        _graph.Set(PodOn("n1"));
        Assert.True((await asked).IsAllowed);
    }

    [Fact]
    public async Task What_the_last_pod_needed_is_out_of_reach_when_it_is_gone()
    {
        _graph.Set(PodOn("n1"));
        _graph.Set(PodOn("n1") with { Metadata = new ObjectMeta { Namespace = "ns", Name = "q" } });
        _graph.Remove("ns", "p");
        Assert.True((await DecideAsync("get", "secrets", "s")).IsAllowed);
        _graph.Reset((IReadOnlyList<Pod>)[]);
        Assert.False((await DecideAsync("get", "secrets", "s")).IsAllowed);
    }

    [Fact]
    public async Task A_changed_pod_changes_what_is_readable()
    {
        _graph.Set(PodOn("n1"));
        _graph.Set(PodOn("n1") with { Spec = new PodSpec { NodeName = "n1" } });
        Assert.False((await DecideAsync("get", "secrets", "s")).IsAllowed);
        Assert.True((await DecideAsync("get", "pods", "p")).IsAllowed);
    }

    [Fact]
    public async Task Mirror_pods_make_nothing_readable_but_themselves()
    {
        var pod = PodOn("n1");
        _graph.Set(pod with { Metadata = pod.Metadata with { Annotations = ApiMap.FromPairs(("kubernetes.io/config.mirror", "x")) } });
        Assert.False((await DecideAsync("get", "secrets", "s")).IsAllowed);
        Assert.True((await DecideAsync("get", "pods", "p")).IsAllowed);
    }

    [Theory]
    [InlineData("list", "secrets", "", "No Object name found")]
    [InlineData("delete", "secrets", "s", "can only read resources of this type")]
    [InlineData("list", "pods", "", "can only list/watch pods with spec.nodeName field selector")]
    [InlineData("list", "nodes", "", "node 'n1' cannot read all nodes, only its own Node object")]
    [InlineData("get", "nodes", "n2", "node 'n1' cannot read 'n2', only its own Node object")]
    [InlineData("get", "serviceaccounts", "robot", "can only create tokens for individual service accounts")]
    public async Task Refusals_say_what_would_be_allowed(string verb, string resource, string name, string reason) =>
        Assert.Equal(reason, (await DecideAsync(verb, resource, name)).Reason);

    [Theory]
    [InlineData("create", "kube-node-lease", "", "")]
    [InlineData("get", "kube-node-lease", "n1", "")]
    [InlineData("get", "kube-node-lease", "n2", "can only access node lease with the same name as the requesting node")]
    [InlineData("get", "ns", "n1", "can only access leases in the \"kube-node-lease\" system namespace")]
    [InlineData("list", "kube-node-lease", "", "can only get, create, update, patch, or delete a node lease")]
    public async Task A_node_has_one_lease(string verb, string @namespace, string name, string reason)
    {
        var decision = await AuthorizeAsync(Ask(Agent("n1"), verb, "leases", @namespace, name, "coordination.k8s.io"));
        Assert.Equal((reason.Length == 0, reason), (decision.IsAllowed, decision.Reason));
    }

    [Fact]
    public async Task Pods_are_listed_by_the_nodes_own_name_only()
    {
        static AuthorizationAttributes List(string node) => Ask(Agent("n1"), "watch", "pods") with
        {
            FieldSelector = FieldSelectorExpression.Everything.And("spec.nodeName", node),
        };
        Assert.True((await AuthorizeAsync(List("n1"))).IsAllowed);
        Assert.False((await AuthorizeAsync(List("n2"))).IsAllowed);
    }

    [Fact]
    public async Task A_nodes_slices_are_those_that_name_it()
    {
        Task<Decision> Slices(string verb, string name = "", string selected = "") => AuthorizeAsync(Ask(Agent("n1"), verb, "resourceslices", "", name) with
        {
            Group = "resource.k8s.io",
            FieldSelector = selected.Length == 0 ? FieldSelectorExpression.Everything : FieldSelectorExpression.Everything.And("spec.nodeName", selected),
        });
        _graph.Set(new ResourceSlice { Metadata = new ObjectMeta { Name = "s" }, Spec = new ResourceSliceSpec { NodeName = "n1" } });
        _graph.Reset((IReadOnlyList<Pod>)[]);

        Assert.True((await Slices("create")).IsAllowed);
        Assert.True((await Slices("update", "s")).IsAllowed);
        Assert.Equal("no relationship found between node 'n1' and this object", (await Slices("delete", "other")).Reason);
        Assert.True((await Slices("deletecollection", selected: "n1")).IsAllowed);
        Assert.Equal("can only list/watch/deletecollection resourceslices with nodeName field selector", (await Slices("list", selected: "n2")).Reason);
        _graph.Reset((IReadOnlyList<ResourceSlice>)[]);
        Assert.False((await Slices("update", "s")).IsAllowed);
    }

    [Fact]
    public async Task Claims_of_devices_are_readable_for_the_pods_that_have_them()
    {
        Task<Decision> Claim(string name) => AuthorizeAsync(Ask(Agent("n1"), "get", "resourceclaims", "ns", name) with { Group = "resource.k8s.io" });
        _graph.Set(new Pod
        {
            Metadata = new ObjectMeta { Namespace = "ns", Name = "p" },
            Spec = new PodSpec { NodeName = "n1", ResourceClaims = [new PodResourceClaim { Name = "a", ResourceClaimName = "given" }, new PodResourceClaim { Name = "b", ResourceClaimTemplateName = "t" }] },
            Status = new PodStatus { ResourceClaimStatuses = [new PodResourceClaimStatus { Name = "b", ResourceClaimName = "made" }] },
        });

        Assert.True((await Claim("given")).IsAllowed);
        Assert.True((await Claim("made")).IsAllowed);
        Assert.False((await Claim("t")).IsAllowed);
    }

    [Theory]
    [InlineData("get", "services", "", true)]
    [InlineData("create", "events", "", true)]
    [InlineData("create", "nodes", "", true)]
    [InlineData("patch", "nodes/status", "n1", true)]
    [InlineData("patch", "pods/status", "p", true)]
    [InlineData("delete", "pods", "p", true)]
    [InlineData("delete", "nodes", "n1", false)]
    [InlineData("get", "deployments", "x", false)]
    public async Task The_rest_follows_the_rules_of_nodes(string verb, string resource, string name, bool allowed) =>
        Assert.Equal(allowed, (await DecideAsync(verb, resource, name)).IsAllowed);

    [Fact]
    public async Task Who_is_not_in_the_group_of_nodes_is_no_node()
    {
        _graph.Set(PodOn("n1"));
        var decision = await AuthorizeAsync(Ask(User("system:node:n1"), "get", "configmaps", "ns", "c"));
        Assert.Equal((Verdict.NoOpinion, ""), (decision.Verdict, decision.Reason));
    }

    private Task<Decision> DecideAsync(string verb, string resource, string name, string node = "n1") =>
        AuthorizeAsync(Ask(Agent(node), verb, resource, "ns", name));

    private async Task<Decision> AuthorizeAsync(AuthorizationAttributes attributes) =>
        await new NodeAuthorizer(_graph, NodeRoles.NodeRules, TimeProvider.System).AuthorizeAsync(attributes);

    private static UserInfo Agent(string node) => User("system:node:" + node, "system:nodes", "system:authenticated");

    private static Pod PodOn(string node) => new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = "p" },
        Spec = new PodSpec
        {
            NodeName = node,
            ServiceAccountName = "robot",
            ImagePullSecrets = [new LocalObjectReference { Name = "pull" }],
            Containers =
            [
                new Container
                {
                    Name = "c",
                    Env = [new EnvVar { Name = "A", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "c", Key = "a" } } }],
                },
            ],
            Volumes =
            [
                new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "s" } },
                new Volume { Name = "w", PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource { ClaimName = "claim" } },
                new Volume { Name = "scratch", Ephemeral = new EphemeralVolumeSource() },
                new Volume
                {
                    Name = "api",
                    Projected = new ProjectedVolumeSource { Sources = [new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt" } }] },
                },
            ],
        },
    };
}
