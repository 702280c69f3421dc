using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Tests;
using Petrel.Node.Eviction;
using Petrel.Node.Status;
using Xunit;

namespace Petrel.Node.Tests.Eviction;

public sealed class EvictionManagerTests
{
    private const long Mi = 1 << 20;

    private readonly ManualTime _time = new();
    private readonly FakeNode _node = new();
    private EvictionOptions _options = new();
    private EvictionManager? _manager;

    private EvictionManager Manager => _manager ??= new EvictionManager(_node, _options, _time, NullLogger<EvictionManager>.Instance);

    [Fact]
    public async Task A_node_with_enough_of_everything_evicts_nobody_and_looks_at_no_pod()
    {
        _node.Add("a", memory: 500 * Mi);
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Empty(_node.Evicted);
        Assert.Equal(0, _node.Measured);
        Assert.Equal(default, Manager.Pressure);
    }

    [Fact]
    public async Task Short_of_memory_it_evicts_who_uses_most_beyond_the_request()
    {
        _node.Available[EvictionSignal.Memory] = 90 * Mi;
        _node.Add("modest", memory: 50 * Mi, request: "100Mi");
        _node.Add("greedy", memory: 300 * Mi, request: "100Mi");
        _node.Add("worse", memory: 150 * Mi);
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Equal(("greedy", TimeSpan.FromSeconds(1)), (_node.Evicted[0].Name, _node.Evicted[0].Grace));
        Assert.Equal(
            "The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi. Container c was using 300Mi, request is 100Mi, has larger consumption of memory. ",
            _node.Evicted[0].Reason.Message);
        Assert.Equal(
            ("c", "300Mi", "memory"),
            (_node.Evicted[0].Reason.Annotations["offending_containers"], _node.Evicted[0].Reason.Annotations["offending_containers_usage"], _node.Evicted[0].Reason.Annotations["starved_resource"]));
        Assert.Equal(["memory"], _node.Told);
        Assert.True(Manager.Pressure.Memory);
    }

    [Fact]
    public void Pods_beyond_their_request_come_first_then_low_priority_then_the_largest()
    {
        _node.Add("within-low", memory: 90 * Mi, request: "100Mi", priority: -5);
        _node.Add("beyond-high", memory: 110 * Mi, request: "100Mi", priority: 10);
        _node.Add("beyond-low", memory: 101 * Mi, request: "100Mi");
        _node.Add("beyond-low-more", memory: 140 * Mi, request: "100Mi");
        _node.Add("critical", memory: 900 * Mi, priority: 2_000_000_000);

        Assert.Equal(["beyond-low-more", "beyond-low", "beyond-high", "within-low"], EvictionRanking.Rank(EvictionSignal.Memory, _node.All).Select(usage => usage.Pod.Metadata.Name));
        Assert.Equal(["within-low", "beyond-low", "beyond-low-more", "beyond-high"], EvictionRanking.Rank(EvictionSignal.Processes, _node.All).Select(usage => usage.Pod.Metadata.Name));
    }

    [Fact]
    public async Task One_goes_at_a_time_and_the_next_when_the_first_has_ended_and_it_was_not_enough()
    {
        _node.Available[EvictionSignal.Memory] = 0;
        _node.Add("a", memory: 300 * Mi);
        _node.Add("b", memory: 200 * Mi);
        await Manager.CheckAsync(CancellationToken.None);
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(["a"], _node.Names);

        _node.Ended.Add("a");
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], _node.Names);
    }

    [Fact]
    public async Task One_that_does_not_end_is_not_waited_for_longer_than_half_a_minute()
    {
        _node.Available[EvictionSignal.Memory] = 0;
        _node.Add("a", memory: 300 * Mi);
        _node.Add("b", memory: 200 * Mi);
        await Manager.CheckAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(30));
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Equal(["a", "b"], _node.Names);
    }

    [Fact]
    public async Task A_soft_threshold_waits_and_leaves_time_to_end()
    {
        _options = _options with
        {
            Thresholds = [new(EvictionSignal.Memory, 500 * Mi) { GracePeriod = TimeSpan.FromSeconds(60) }],
            MaxPodGracePeriod = TimeSpan.FromSeconds(20),
        };
        _node.Available[EvictionSignal.Memory] = 400 * Mi;
        _node.Add("a", memory: 300 * Mi);
        await Manager.CheckAsync(CancellationToken.None);
        Assert.True(Manager.Pressure.Memory);
        _time.Advance(TimeSpan.FromSeconds(50));
        _node.Available[EvictionSignal.Memory] = 600 * Mi;
        await Manager.CheckAsync(CancellationToken.None);
        _node.Available[EvictionSignal.Memory] = 400 * Mi;
        _time.Advance(TimeSpan.FromSeconds(50));
        await Manager.CheckAsync(CancellationToken.None);
        // It was enough once in between, so the time begins anew.
        Assert.Empty(_node.Evicted);

        _time.Advance(TimeSpan.FromSeconds(60));
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(_node.Evicted).Grace);
    }

    [Fact]
    public async Task A_pressure_is_told_for_a_while_after_it_is_over()
    {
        _node.Available[EvictionSignal.NodeInodes] = 1;
        await Manager.CheckAsync(CancellationToken.None);
        _node.Available.Clear();
        _time.Advance(TimeSpan.FromMinutes(4));
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(new NodePressure(Memory: false, Disk: true, Processes: false), Manager.Pressure);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(default, Manager.Pressure);
    }

    [Theory]
    [InlineData(99, 500, 500, 900, true, false, false)]
    [InlineData(100, 99, 500, 900, false, true, false)]
    [InlineData(100, 500, 49, 900, false, true, false)]
    [InlineData(100, 100, 50, 10, false, false, false)]
    [InlineData(100, 500, 500, 9, false, false, true)]
    public async Task Pressure_begins_at_the_default_thresholds(long memory, long disk, long inodes, long processes, bool hasMemory, bool hasDisk, bool hasProcesses)
    {
        (_node.Available[EvictionSignal.Memory], _node.Available[EvictionSignal.NodeDisk]) = (memory * Mi, disk * Mi);
        (_node.Available[EvictionSignal.NodeInodes], _node.Available[EvictionSignal.Processes]) = (inodes * Mi, processes * Mi);
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Equal(new NodePressure(hasMemory, hasDisk, hasProcesses), Manager.Pressure);
    }

    [Fact]
    public async Task Memory_is_saved_before_the_disk()
    {
        _node.Available[EvictionSignal.NodeDisk] = 0;
        _node.Available[EvictionSignal.Memory] = 0;
        _node.Add("disk", disk: 900 * Mi);
        _node.Add("memory", memory: 300 * Mi);
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(["memory"], _node.Names);

        _node.Ended.Add("memory");
        _node.Available[EvictionSignal.Memory] = 1000 * Mi;
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(["memory", "disk"], _node.Names);
        Assert.Equal(
            "The node was low on resource: ephemeral-storage. Threshold quantity: 100Mi, available: 0. Container c was using 900Mi, request is 0, has larger consumption of ephemeral-storage. ",
            _node.Evicted[1].Reason.Message);
    }

    [Fact]
    public async Task Who_keeps_more_on_disk_than_allowed_goes_without_any_pressure()
    {
        var volume = new Volume { Name = "cache", EmptyDir = new() { SizeLimit = Quantity.Parse("10Mi") } };
        _node.Add("volume", configure: pod => pod with { Spec = pod.Spec with { Volumes = [volume] } }, volume: 11 * Mi);
        _node.Add("fits", configure: pod => pod with { Spec = pod.Spec with { Volumes = [volume] } }, volume: 10 * Mi);
        _node.Add("layer", disk: 21 * Mi, configure: Limited);
        _node.Add("free", disk: 900 * Mi);
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Equal(["volume", "layer"], _node.Names);
        Assert.Equal("Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\". ", _node.Evicted[0].Reason.Message);
        Assert.Equal("Pod ephemeral local storage usage exceeds the total limit of containers 20Mi. ", _node.Evicted[1].Reason.Message);

        static Pod Limited(Pod pod) => pod with
        {
            Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Limits = ApiMap.FromPairs(("ephemeral-storage", Quantity.Parse("20Mi"))) } }] },
        };
    }

    [Fact]
    public async Task Critical_pods_stay()
    {
        _node.Available[EvictionSignal.Memory] = 0;
        _node.Add("critical", memory: 900 * Mi, priority: 2_000_001_000);
        await Manager.CheckAsync(CancellationToken.None);

        Assert.Empty(_node.Evicted);
        Assert.Equal(["memory"], _node.Told);
    }

    [Fact]
    public async Task A_node_under_pressure_takes_only_what_will_not_make_it_worse()
    {
        static Pod Of(string quality, int priority = 0, params Toleration[] tolerations) =>
            new() { Spec = new() { Priority = priority, Tolerations = [.. tolerations] }, Status = new() { QosClass = quality } };
        Assert.Null(Manager.Refusal(Of("BestEffort")));

        _node.Available[EvictionSignal.Memory] = 0;
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(("Evicted", "The node had condition: [MemoryPressure]. "), Manager.Refusal(Of("BestEffort")));
        Assert.Null(Manager.Refusal(Of("Burstable")));
        Assert.Null(Manager.Refusal(Of("BestEffort", 0, new Toleration { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = "NoSchedule" })));
        Assert.NotNull(Manager.Refusal(Of("BestEffort", 0, new Toleration { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = "NoExecute" })));
        Assert.Null(Manager.Refusal(Of("BestEffort", 2_000_000_000)));

        _node.Available[EvictionSignal.NodeDisk] = 0;
        await Manager.CheckAsync(CancellationToken.None);
        Assert.Equal(("Evicted", "The node had condition: [MemoryPressure DiskPressure]. "), Manager.Refusal(Of("Guaranteed")));
    }

    [Fact]
    public void This_machine_can_be_observed()
    {
        var observations = NodeObservation.Measure("/", "/proc");

        Assert.Contains(observations, observation => observation.Signal == EvictionSignal.Memory);
        Assert.All(observations, observation => Assert.InRange(observation.Available, 0, observation.Capacity));
    }

    private sealed class FakeNode : IEvictionNode
    {
        private static readonly EvictionSignal[] Signals = [EvictionSignal.Memory, EvictionSignal.NodeDisk, EvictionSignal.NodeInodes, EvictionSignal.Processes];

        public List<PodUsage> All { get; } = [];

        public Dictionary<EvictionSignal, long> Available { get; } = [];

        public List<(string Name, EvictionReason Reason, TimeSpan Grace)> Evicted { get; } = [];

        public IEnumerable<string> Names => Evicted.Select(each => each.Name);

        public List<string> Told { get; } = [];

        public HashSet<string> Ended { get; } = [];

        public int Measured { get; private set; }

        public void Add(string name, long memory = 0, string? request = null, int priority = 0, long disk = 0, long volume = 0, Func<Pod, Pod>? configure = null)
        {
            var requests = request is null ? default : ApiMap.FromPairs(("memory", Quantity.Parse(request)));
            var pod = new Pod
            {
                Metadata = new() { Name = name, Namespace = "default", Uid = name },
                Spec = new() { Priority = priority, Containers = [new() { Name = "c", Resources = new() { Requests = requests } }] },
            };
            All.Add(new PodUsage(configure?.Invoke(pod) ?? pod, memory, 1, [new ContainerUsage("c", memory, disk)]) { Volumes = new Dictionary<string, long> { ["cache"] = volume } });
        }

        public IReadOnlyList<NodeObservation> Observe() => [.. Signals.Select(signal => new NodeObservation(signal, Available.GetValueOrDefault(signal, 900 * Mi), 1000 * Mi))];

        public IReadOnlyList<Pod> Pods() => [.. All.Select(usage => usage.Pod).Where(pod => !Names.Contains(pod.Metadata.Name))];

        public Task<IReadOnlyList<PodUsage>> MeasureAsync(IReadOnlyList<Pod> pods, bool withDisk, CancellationToken cancellationToken)
        {
            Measured++;
            return Task.FromResult<IReadOnlyList<PodUsage>>([.. All.Where(usage => pods.Contains(usage.Pod))]);
        }

        public void Evict(Pod pod, EvictionReason reason, TimeSpan gracePeriod) => Evicted.Add((pod.Metadata.Name, reason, gracePeriod));

        public void TellReclaiming(string resource) => Told.Add(resource);

        public bool HasEnded(string podUid) => Ended.Contains(podUid);
    }
}
