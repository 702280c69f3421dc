using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Petrel.Scheduler.Queue;
using Petrel.Scheduler.Tests.Plugins;
using Xunit;

namespace Petrel.Scheduler.Tests.Cycle;

public sealed class SchedulingCycleTests
{
    private readonly NominatedPods _nominated = new();
    private readonly NodeCache _cache = new();
    private readonly Snapshot _snapshot = new();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(99, 0, 99)]
    [InlineData(100, 0, 100)]
    [InlineData(500, 0, 230)]
    [InlineData(1000, 0, 420)]
    [InlineData(6000, 0, 300)]
    [InlineData(1000, 30, 300)]
    [InlineData(1000, 5, 100)]
    [InlineData(1000, 100, 1000)]
    public void Large_clusters_are_not_looked_at_whole(int nodes, int percentage, int enough) =>
        Assert.Equal(enough, Cycle(new SchedulerOptions { PercentageOfNodesToScore = percentage }, []).EnoughNodes(nodes));

    [Fact]
    public void Each_cycle_begins_where_the_last_one_ended()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 400; i++)
        {
            _cache.SetNode(NodeOf("n" + i));
        }

        _cache.Update(_snapshot);
        var cycle = Cycle(new SchedulerOptions { PercentageOfNodesToScore = 25 }, [new(new Noting(seen))]);
        for (var round = 1; round <= 4; round++)
        {
            Assert.NotNull(cycle.Run(PodOf("p"), _snapshot).Node);
            Assert.Equal(100 * round, seen.Count);
        }
    }

    [Fact]
    public void Zones_take_turns()
    {
        foreach (var (name, zone) in new[] { ("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c"), ("c2", "c") })
        {
            var node = NodeOf(name);
            _cache.SetNode(node with { Metadata = node.Metadata with { Labels = ApiMap.FromPairs(("topology.kubernetes.io/zone", zone)) } });
        }

        _cache.Update(_snapshot);
        Assert.Equal(["a1", "b1", "c1", "a2", "c2", "a3"], _snapshot.Nodes.Select(static node => node.Name));
    }

    [Fact]
    public void Equally_good_nodes_get_equal_shares()
    {
        foreach (var name in new[] { "n1", "n2", "n3" })
        {
            _cache.SetNode(NodeOf(name));
        }

        _cache.Update(_snapshot);
        var cycle = Cycle(new SchedulerOptions(), []);
        var shares = Enumerable.Range(0, 3000).CountBy(_ => cycle.Run(PodOf("p"), _snapshot).Node ?? "").Select(static pair => pair.Value);
        Assert.All(shares, static share => Assert.InRange(share, 850, 1150));
    }

    [Fact]
    public void The_nominated_node_is_taken_when_the_pod_fits_there()
    {
        foreach (var name in new[] { "n1", "n2", "n3" })
        {
            _cache.SetNode(NodeOf(name));
        }

        _cache.Update(_snapshot);
        var pod = PodOf("p", cpu: "1");
        _nominated.Set(pod, "n2");
        var cycle = Cycle(new SchedulerOptions(), [new(new NodeResourcesFit(), 1)]);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal("n2", cycle.Run(pod, _snapshot).Node));
        _cache.Assume(PodOf("big", cpu: "4"), "n2");
        _cache.Update(_snapshot);
        Assert.NotEqual("n2", cycle.Run(pod, _snapshot).Node);
    }

    [Fact]
    public void Room_for_a_nominated_pod_is_kept_from_less_important_ones_only()
    {
        _cache.SetNode(NodeOf("n1"));
        _cache.Update(_snapshot);
        _nominated.Set(PodOf("hoping", cpu: "3", priority: 5), "n1");
        var cycle = Cycle(new SchedulerOptions(), [new(new NodeResourcesFit(), 1)]);
        Assert.Null(cycle.Run(PodOf("low", cpu: "2"), _snapshot).Node);
        Assert.Equal("n1", cycle.Run(PodOf("small", cpu: "1"), _snapshot).Node);
        Assert.Equal("n1", cycle.Run(PodOf("high", cpu: "2", priority: 6), _snapshot).Node);
    }

    [Fact]
    public void A_score_out_of_range_is_an_error_of_the_plugin()
    {
        _cache.SetNode(NodeOf("n1"));
        _cache.SetNode(NodeOf("n2"));
        _cache.Update(_snapshot);
        var decision = Cycle(new SchedulerOptions(), [new(new Overdoing(), 1)]).Run(PodOf("p"), _snapshot);
        Assert.Equal("plugin \"Overdoing\" returns an invalid score 101, it should in the range of [0, 100] after normalizing", decision.Error?.Message);
    }

    [Fact]
    public void A_profile_sorts_its_queue_once_and_lists_no_plugin_twice()
    {
        Assert.Throws<ArgumentException>(() => new Profile([]));
        Assert.Throws<ArgumentException>(() => new Profile([new(new PrioritySort()), new(new NodeName()), new(new NodeName())]));
    }

    /// <summary>
    /// Pods and nodes at random, thousands of times: no node ever holds more than it has, no host port is given twice, and a pod is
    /// only refused where a simple look at every node agrees.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_ever_promised_twice(int seed)
    {
        var random = new Random(seed);
        await using var services = new TestServices();
        var profile = new Profile(DefaultProfile.Plugins(services.Services));
        var cycle = new SchedulingCycle(profile, new NodeFilter(profile, _nominated), new SchedulerOptions(), random);
        for (var i = 0; i < 12; i++)
        {
            _cache.SetNode(NodeOf("n" + i, cpu: random.Next(1, 8).ToString(System.Globalization.CultureInfo.InvariantCulture), pods: random.Next(2, 12)));
        }

        var placed = new List<PodInfo>();
        for (var i = 0; i < 3000; i++)
        {
            if (placed.Count > 0 && random.Next(3) == 0)
            {
                var gone = placed[random.Next(placed.Count)];
                placed.Remove(gone);
                _cache.RemovePod(gone.Uid);
            }

            var pod = PodOf("p" + i, cpu: random.Next(0, 3000) + "m", port: random.Next(4) == 0 ? random.Next(1, 4) : 0);
            _cache.Update(_snapshot);
            var decision = cycle.Run(pod, _snapshot);
            Assert.Equal(_snapshot.Nodes.Any(node => Fits(node, pod)), decision.Node is not null);
            if (decision.Node is { } node)
            {
                _cache.Assume(pod, node);
                placed.Add(pod);
            }

            _cache.Update(_snapshot);
            Assert.All(_snapshot.Nodes, AssertHolds);
        }
    }

    private static bool Fits(NodeInfo node, PodInfo pod) =>
        node.Pods.Length < node.AllocatablePods
        && (pod.Requests.MilliCpu == 0 || node.Pods.Sum(static other => other.Requests.MilliCpu) + pod.Requests.MilliCpu <= node.Allocatable.MilliCpu)
        && !node.Pods.Any(other => other.HostPorts.Intersect(pod.HostPorts).Any());

    private static void AssertHolds(NodeInfo node)
    {
        Assert.True(node.Pods.Length <= node.AllocatablePods);
        Assert.True(node.Pods.Sum(static pod => pod.Requests.MilliCpu) <= node.Allocatable.MilliCpu);
        Assert.Equal(node.Pods.Sum(static pod => pod.Requests.MilliCpu), node.Requested.MilliCpu);
        Assert.Distinct(node.Pods.SelectMany(static pod => pod.HostPorts));
    }

    private SchedulingCycle Cycle(SchedulerOptions options, IReadOnlyList<ProfileEntry> plugins)
    {
        var profile = new Profile([new(new PrioritySort()), .. plugins]);
        return new SchedulingCycle(profile, new NodeFilter(profile, _nominated), options, new Random(7));
    }

    private static Node NodeOf(string name, string cpu = "4", int pods = 110) => new()
    {
        Metadata = new() { Name = name, Labels = ApiMap.FromPairs(("kubernetes.io/hostname", name)) },
        Status = new() { Allocatable = ApiMap.FromPairs(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse("8Gi")), ("pods", new Quantity(pods))) },
    };

    private static PodInfo PodOf(string name, string cpu = "0", int priority = 0, int port = 0) => new(new Pod
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = name + "-uid" },
        Spec = new()
        {
            Priority = priority,
            Containers =
            [
                new()
                {
                    Name = "c",
                    Image = "i",
                    Ports = port == 0 ? [] : [new() { Port = port, HostPort = port, Protocol = "TCP" }],
                    Resources = new() { Requests = ApiMap.FromPairs(("cpu", Quantity.Parse(cpu))) },
                },
            ],
        },
    });

    private sealed class Noting(HashSet<string> seen) : IFilterPlugin
    {
        public string Name => "Noting";

        public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
        {
            seen.Add(node.Name);
            return Verdict.Success;
        }
    }

    private sealed class Overdoing : IScorePlugin
    {
        public string Name => "Overdoing";

        public long Score(CycleState state, PodInfo pod, NodeInfo node) => 101;
    }
}
