using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Petrel.Scheduler.Queue;
using Xunit;
using NodeAffinityPlugin = Petrel.Scheduler.Plugins.NodeAffinity;

namespace Petrel.Scheduler.Tests.Plugins;

/// <summary>Which changes wake a pod that a plugin rejected: every one that could help, and few others.</summary>
public sealed class QueueingHintTests : IAsyncLifetime
{
    private readonly TestServices _services = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _services.DisposeAsync().AsTask();

    [Fact]
    public void Taints_that_go_or_nodes_without()
    {
        var plugin = new TaintToleration();
        Assert.True(plugin.CouldHelp(Pod(), NodeChange(Tainted("a"), Node())));
        Assert.True(plugin.CouldHelp(Pod(), NodeChange(null, Node())));
        Assert.False(plugin.CouldHelp(Pod(), NodeChange(null, Tainted("a"))));
        Assert.False(plugin.CouldHelp(Pod(), NodeChange(Tainted("a"), Tainted("b"))));
        Assert.False(plugin.CouldHelp(Pod(), NodeChange(Node(), Node())));
    }

    [Fact]
    public void Labels_that_make_a_node_match()
    {
        var plugin = new NodeAffinityPlugin();
        var picky = Pod(spec: static spec => spec with { NodeSelector = ApiMap.FromPairs(("disk", "ssd")) });
        Assert.True(plugin.CouldHelp(picky, NodeChange(Node(), Node(("disk", "ssd")))));
        Assert.True(plugin.CouldHelp(picky, NodeChange(null, Node(("disk", "ssd")))));
        Assert.False(plugin.CouldHelp(picky, NodeChange(Node(("disk", "ssd")), Node(("disk", "ssd"), ("other", "x")))));
        Assert.False(plugin.CouldHelp(picky, NodeChange(null, Node(("disk", "hdd")))));
    }

    [Fact]
    public void A_node_of_the_wanted_name()
    {
        var plugin = new NodeName();
        var wanting = Pod(spec: static spec => spec with { NodeName = "n" });
        Assert.True(plugin.CouldHelp(wanting, NodeChange(null, Node())));
        Assert.False(plugin.CouldHelp(wanting, NodeChange(null, new Node { Metadata = new() { Name = "other" } })));
    }

    [Fact]
    public void Pods_that_leave_a_port()
    {
        var plugin = new NodePorts();
        Assert.True(plugin.CouldHelp(WithPort(80), Gone(WithPort(80))));
        Assert.False(plugin.CouldHelp(WithPort(80), Gone(WithPort(81))));
        Assert.False(plugin.CouldHelp(WithPort(80), Gone(Pod())));
    }

    [Fact]
    public void Company_that_comes_and_pods_to_avoid_that_go()
    {
        var plugin = new InterPodAffinity(_services.Namespaces);
        var (seeking, avoiding) = (Pod(spec: static spec => spec with { Affinity = new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Web] } } }), Avoiding());
        var (web, mail) = (Pod(("app", "web")), Pod(("app", "mail")));
        Assert.True(plugin.CouldHelp(seeking, Came(web)));
        Assert.False(plugin.CouldHelp(seeking, Came(mail)));
        Assert.False(plugin.CouldHelp(seeking, Gone(web)));
        Assert.True(plugin.CouldHelp(seeking, Relabelled(mail, web)));
        Assert.True(plugin.CouldHelp(avoiding, Gone(web)));
        Assert.True(plugin.CouldHelp(avoiding, Relabelled(web, mail)));
        Assert.False(plugin.CouldHelp(avoiding, Gone(mail)));

        // One that is shunned by others, not by what it says itself.
        Assert.True(plugin.CouldHelp(web, Gone(avoiding)));
        Assert.False(plugin.CouldHelp(mail, Gone(avoiding)));
    }

    [Fact]
    public void Pods_and_nodes_that_change_the_balance()
    {
        var plugin = new PodTopologySpread(_services.Services);
        var spread = Pod(("app", "web"), static spec => spec with
        {
            TopologySpreadConstraints = [new() { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = ApiMap.FromPairs(("app", "web")) } }],
        });
        var (web, mail) = (Pod(("app", "web")), Pod(("app", "mail")));
        Assert.True(plugin.CouldHelp(spread, Came(web)));
        Assert.True(plugin.CouldHelp(spread, Gone(web)));
        Assert.True(plugin.CouldHelp(spread, Relabelled(mail, web)));
        Assert.False(plugin.CouldHelp(spread, Came(mail)));
        Assert.True(plugin.CouldHelp(spread, NodeChange(null, Node(("zone", "a")))));
        Assert.True(plugin.CouldHelp(spread, new ClusterEvent(ClusterEventKinds.NodeDeleted) { OldNode = Node(("zone", "a")) }));
        Assert.False(plugin.CouldHelp(spread, NodeChange(null, Node())));
    }

    [Fact]
    public void Every_plugin_that_filters_says_what_helps()
    {
        var plugins = DefaultProfile.Plugins(_services.Services).Select(static entry => entry.Plugin).ToList();
        Assert.All(plugins.OfType<IFilterPlugin>(), static plugin => Assert.NotEqual(ClusterEventKinds.None, Assert.IsAssignableFrom<IRequeuePlugin>(plugin).Interests & ClusterEventKinds.NodeAdded));
    }

    private static PodAffinityTerm Web { get; } = new() { TopologyKey = "zone", LabelSelector = new() { MatchLabels = ApiMap.FromPairs(("app", "web")) } };

    private static PodInfo Avoiding() => Pod(spec: static spec => spec with { Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Web] } } });

    private static PodInfo WithPort(int port) => Pod(spec: spec => spec with { Containers = [new() { Name = "c", Ports = [new() { Port = port, HostPort = port, Protocol = "TCP" }] }] });

    private static PodInfo Pod((string Key, string Value)? label = null, Func<PodSpec, PodSpec>? spec = null) => new(new Pod
    {
        Metadata = new() { Name = "p", Namespace = "default", Uid = "u", Labels = label is { } given ? ApiMap.FromPairs(given) : default },
        Spec = (spec ?? (static given => given))(new PodSpec()),
    });

    private static Node Node(params ReadOnlySpan<(string Key, string Value)> labels) => new() { Metadata = new() { Name = "n", Labels = ApiMap.FromPairs(labels) } };

    private static Node Tainted(string key) => Node() with { Spec = new() { Taints = [new() { Key = key, Effect = "NoSchedule" }] } };

    private static ClusterEvent NodeChange(Node? old, Node current) =>
        new(old is null ? ClusterEventKinds.NodeAdded : ClusterEventKinds.NodeLabels | ClusterEventKinds.NodeTaints) { OldNode = old, NewNode = current };

    private static ClusterEvent Came(PodInfo pod) => new(ClusterEventKinds.AssignedPodAdded) { NewPod = pod };

    private static ClusterEvent Gone(PodInfo pod) => new(ClusterEventKinds.AssignedPodDeleted) { OldPod = pod };

    private static ClusterEvent Relabelled(PodInfo old, PodInfo current) => new(ClusterEventKinds.AssignedPodLabels) { OldPod = old, NewPod = current };
}
