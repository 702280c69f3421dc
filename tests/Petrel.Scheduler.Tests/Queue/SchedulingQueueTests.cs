using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Tests;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Petrel.Scheduler.Queue;
using Xunit;

namespace Petrel.Scheduler.Tests.Queue;

public sealed class SchedulingQueueTests : IDisposable
{
    private static readonly IReadOnlySet<string> ByRoom = new HashSet<string> { NodeResourcesFit.PluginName };

    private readonly ManualTime _time = new();
    private readonly SchedulingQueue _queue;

    public SchedulingQueueTests()
    {
        var profile = new Profile([new(new SchedulingGates()), new(new PrioritySort()), new(new NodeResourcesFit()), new(new NodePorts())]);
        _queue = new SchedulingQueue(profile, new SchedulerOptions(), _time);
    }

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task The_most_important_pod_comes_first_then_the_oldest()
    {
        _queue.Set(Pod("old"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _queue.Set(Pod("young"));
        _queue.Set(Pod("important", priority: 10));
        Assert.Equal(["important", "old", "young"], [await TakeAsync(), await TakeAsync(), await TakeAsync()]);
        Assert.False(_queue.TakeAsync(default).IsCompleted);
    }

    [Fact]
    public async Task Whoever_waits_gets_a_pod_as_soon_as_there_is_one()
    {
        var waiting = _queue.TakeAsync(default);
        Assert.False(waiting.IsCompleted);
        _queue.Set(Pod("web"));
        Assert.Equal("web", (await waiting).Pod.Pod.Metadata.Name);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _queue.TakeAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Errors_are_retried_after_a_pause_that_doubles_up_to_ten_seconds()
    {
        _queue.Set(Pod("web"));
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            _queue.Fail(await _queue.TakeAsync(default));
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, _queue.Count(QueuePlace.ErrorBackoff));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, _queue.Count(QueuePlace.Active));
        }
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_waits_for_an_event_that_could_help()
    {
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        _time.Advance(TimeSpan.FromSeconds(20));
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeTaints) { OldNode = new Node(), NewNode = BigNode });
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = new Node() });
        Assert.Equal(1, _queue.Count(QueuePlace.Unschedulable));
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = BigNode });
        Assert.Equal("web", await TakeAsync());
    }

    [Fact]
    public async Task It_is_enough_that_one_of_the_plugins_is_helped()
    {
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), new HashSet<string> { NodeResourcesFit.PluginName, NodePorts.PluginName });
        _queue.Tell(new ClusterEvent(ClusterEventKinds.AssignedPodDeleted) { OldPod = new PodInfo(Pod("other")) });
        Assert.Equal("web", await TakeAsync());
    }

    [Fact]
    public async Task Without_nodes_only_a_node_helps()
    {
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), new HashSet<string>());
        _queue.Tell(new ClusterEvent(ClusterEventKinds.AssignedPodDeleted) { OldPod = new PodInfo(Pod("other")) });
        Assert.Equal(1, _queue.Count(QueuePlace.Unschedulable));
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = new Node() });
        Assert.Equal("web", await TakeAsync());
    }

    [Fact]
    public async Task What_happens_during_an_attempt_is_not_missed()
    {
        _queue.Set(Pod("web"));
        var taken = await _queue.TakeAsync(default);
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = BigNode });
        _queue.Reject(taken, ByRoom);
        Assert.Equal(0, _queue.Count(QueuePlace.Unschedulable));
        Assert.Equal("web", await TakeAsync());
    }

    [Fact]
    public async Task What_happened_before_an_attempt_does_not_count()
    {
        _queue.Set(Pod("other"));
        var other = await _queue.TakeAsync(default);
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = BigNode });
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        Assert.Equal(1, _queue.Count(QueuePlace.Unschedulable));
        _queue.Reject(other, ByRoom);
        Assert.Equal(1, _queue.Count(QueuePlace.Backoff));
    }

    [Fact]
    public async Task More_events_than_are_kept_count_as_help()
    {
        _queue.Set(Pod("web"));
        var taken = await _queue.TakeAsync(default);
        for (var i = 0; i < 5000; i++)
        {
            _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeDeleted) { OldNode = BigNode });
        }

        _queue.Reject(taken, ByRoom);
        Assert.Equal(0, _queue.Count(QueuePlace.Unschedulable));
    }

    [Fact]
    public async Task Nothing_helped_for_five_minutes_tried_all_the_same()
    {
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _queue.Count(QueuePlace.Unschedulable));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("web", await TakeAsync());
    }

    [Fact]
    public async Task With_others_to_try_a_pod_that_just_failed_waits_for_its_backoff()
    {
        _queue.Set(Pod("failed", priority: 10));
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        _queue.Tell(new ClusterEvent(ClusterEventKinds.NodeAdded) { NewNode = BigNode });
        _queue.Set(Pod("fresh"));
        Assert.Equal(1, _queue.Count(QueuePlace.Backoff));
        Assert.Equal(["fresh", "failed"], [await TakeAsync(), await TakeAsync()]);
    }

    [Fact]
    public async Task A_gated_pod_is_not_tried_before_its_gates_are_gone()
    {
        var pod = Pod("web");
        _queue.Set(pod with { Spec = pod.Spec with { SchedulingGates = [new() { Name = "a" }] } });
        var waiting = _queue.TakeAsync(default);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, _queue.Count(QueuePlace.Gated));
        _queue.Set(pod);
        Assert.Equal("web", (await waiting).Pod.Pod.Metadata.Name);
    }

    [Fact]
    public async Task A_pod_that_asks_for_less_is_tried_again()
    {
        _queue.Set(Pod("web"));
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        _queue.Set(Pod("web", cpu: "1m"));
        var taken = await _queue.TakeAsync(default);
        Assert.Equal(1, taken.Pod.Requests.MilliCpu);
    }

    [Fact]
    public async Task Its_own_status_does_not_wake_a_pod()
    {
        var pod = Pod("web");
        _queue.Set(pod);
        _queue.Reject(await _queue.TakeAsync(default), ByRoom);
        _queue.Set(pod with { Status = pod.Status with { NominatedNodeName = "n1" } });
        Assert.Equal(1, _queue.Count(QueuePlace.Unschedulable));
    }

    [Fact]
    public async Task A_pod_that_went_during_its_attempt_does_not_come_back()
    {
        _queue.Set(Pod("web"));
        var taken = await _queue.TakeAsync(default);
        _queue.Remove("web-uid");
        _queue.Fail(taken);
        _queue.Reject(taken, ByRoom);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_queue.TakeAsync(default).IsCompleted);
    }

    [Fact]
    public async Task A_pod_whose_binding_failed_is_tried_again()
    {
        _queue.Set(Pod("web"));
        var taken = await _queue.TakeAsync(default);
        _queue.Bound(taken);
        _queue.Set(Pod("web"));
        Assert.Equal(1, _queue.Count(QueuePlace.Binding));
        _queue.Fail(taken);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("web", await TakeAsync());
    }

    private static Node BigNode { get; } = new()
    {
        Metadata = new() { Name = "big" },
        Status = new() { Allocatable = ApiMap.FromPairs(("cpu", Quantity.Parse("100")), ("pods", Quantity.Parse("100"))) },
    };

    private static Pod Pod(string name, int priority = 0, string cpu = "1") => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = name + "-uid" },
        Spec = new() { Priority = priority, Containers = [new() { Name = "c", Resources = new() { Requests = ApiMap.FromPairs(("cpu", Quantity.Parse(cpu))) } }] },
    };

    private async Task<string> TakeAsync() => (await _queue.TakeAsync(default).WaitAsync(TimeSpan.FromSeconds(60))).Pod.Pod.Metadata.Name;
}
