using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Scheduler.Tests.Cluster;

/// <summary>More important pods displace others.</summary>
public sealed class PreemptionTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task An_important_pod_takes_the_place_of_another()
    {
        await _cluster.AddNodeAsync("n1", cpu: "2");
        await _cluster.AddPodAsync("low", cpu: "2");
        await _cluster.NodeOfAsync("low");
        var high = await _cluster.AddPodAsync("high", cpu: "2", with: Critical);
        await _cluster.UntilGoneAsync("low");
        Assert.Equal("n1", await _cluster.NodeOfAsync("high"));
        var told = await _cluster.EventAsync("low", "Preempted");
        Assert.Equal(("Normal", $"Preempted by pod {high.Metadata.Uid} on node n1"), (told.Type, told.Message));
    }

    [Fact]
    public async Task No_more_pods_go_than_have_to()
    {
        await _cluster.AddNodeAsync("n1", cpu: "4");
        foreach (var (name, cpu) in new[] { ("a", "1"), ("b", "1"), ("c", "2") })
        {
            await _cluster.AddPodAsync(name, cpu);
            await _cluster.NodeOfAsync(name);
        }

        await _cluster.AddPodAsync("high", cpu: "2", with: Critical);
        await _cluster.NodeOfAsync("high");
        var left = (await _cluster.Api.ListAsync<Pod>("default", new ListOptions(), default)).Items.Where(static pod => pod.Metadata.Name != "high");
        Assert.Equal(2000, left.Sum(static pod => pod.Spec.Containers[0].Resources.Requests["cpu"].MilliValue));
    }

    [Fact]
    public async Task A_victim_that_takes_its_time_is_waited_for_at_the_nominated_node()
    {
        await _cluster.AddNodeAsync("n1", cpu: "2");
        await _cluster.AddPodAsync("low", cpu: "2", with: static pod => pod with { Metadata = pod.Metadata with { Finalizers = ["example.com/hold"] } });
        await _cluster.NodeOfAsync("low");
        await _cluster.AddPodAsync("high", cpu: "2", with: Critical);
        var low = await _cluster.UntilPodAsync("low", static pod => pod.Metadata.DeletionTimestamp is not null);
        Assert.Contains(low.Status.Conditions, static condition => condition is
        {
            Type: "DisruptionTarget",
            Status: "True",
            Reason: "PreemptionByScheduler",
            Message: "default-scheduler: preempting to accommodate a higher priority pod",
        });
        await _cluster.UntilPodAsync("high", static pod => pod.Status.NominatedNodeName == "n1");

        // What becomes free in between is the important pod's.
        await _cluster.AddPodAsync("late", cpu: "2");
        await _cluster.RefusalOfAsync("late", "Insufficient cpu");
        await _cluster.PatchAsync<Pod>("default", "low", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/hold"]}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("high"));
        Assert.Equal("", (await _cluster.Api.GetAsync<Pod>("default", "late", default)).Spec.NodeName);
    }

    [Fact]
    public async Task Room_that_would_not_help_is_not_made()
    {
        await _cluster.AddNodeAsync("n1", cpu: "2");
        await _cluster.AddPodAsync("low", cpu: "2");
        await _cluster.NodeOfAsync("low");
        await _cluster.AddPodAsync("giant", cpu: "3", with: Critical);
        Assert.Equal(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 Insufficient cpu.",
            await _cluster.RefusalOfAsync("giant", "Insufficient"));
        Assert.Null((await _cluster.Api.GetAsync<Pod>("default", "low", default)).Metadata.DeletionTimestamp);
    }

    private static Pod Critical(Pod pod) => pod with { Spec = pod.Spec with { PriorityClassName = "system-node-critical" } };
}
