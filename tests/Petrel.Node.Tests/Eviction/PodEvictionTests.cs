using Petrel.Api;
using Petrel.Client.Api;
using Petrel.Node.Eviction;
using Petrel.Node.Tests.Lifecycle;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Eviction;

[Collection(ContainerdTests.Name)]
public sealed class PodEvictionTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    [RuntimeFact]
    public async Task A_pod_that_fills_its_volume_beyond_the_limit_is_evicted()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.StopAgentAsync();
        node.Options = node.Options with { Eviction = new EvictionOptions { Thresholds = [], Period = TimeSpan.FromMilliseconds(200) } };
        node.StartAgent();
        await node.CreateAsync(
            "full",
            static spec => spec with { Volumes = [new() { Name = "cache", EmptyDir = new() { SizeLimit = Quantity.Parse("1Mi") } }] },
            RunningNode.Shell("main", "/bin/busybox dd if=/dev/zero of=/cache/big bs=1M count=3; exec /bin/busybox sleep 1000") with
            {
                VolumeMounts = [new() { Name = "cache", MountPath = "/cache" }],
            });

        var pod = await node.UntilAsync("full", static pod => pod.Status.Phase == "Failed");

        const string Message = "Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\". ";
        Assert.Equal(("Evicted", Message), (pod.Status.Reason, pod.Status.Message));
        var condition = pod.Status.Conditions.Single(static each => each.Type == "DisruptionTarget");
        Assert.Equal(("True", "TerminationByKubelet", Message), (condition.Status, condition.Reason, condition.Message));
        Assert.NotNull(pod.Status.ContainerStatuses[0].State.Terminated);
        await node.UntilEventAsync("full", "Evicted", Message);
        Assert.Single(await node.EventsAsync("full"), static each => each.Reason == "Evicted");
    }

    [RuntimeFact]
    public async Task A_node_short_of_processes_says_so_and_ends_a_pod()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var pod = await node.CreateAsync("victim", "exec /bin/busybox sleep 1000");
        await node.UntilAsync("victim", static each => each.Status.Phase == "Running");
        await node.StopAgentAsync();
        // More than any machine has, so that this one is short of them from now on.
        node.Options = node.Options with
        {
            Eviction = new EvictionOptions { Thresholds = [new(EvictionSignal.Processes, long.MaxValue)], Period = TimeSpan.FromMilliseconds(200) },
        };
        node.StartAgent();

        var ended = await node.UntilAsync("victim", static each => each.Status.Phase == "Failed");
        Assert.Equal("Evicted", ended.Status.Reason);
        Assert.StartsWith("The node was low on resource: pids. Threshold quantity: ", ended.Status.Message, StringComparison.Ordinal);
        await node.UntilEventAsync(node.Options.Name, "EvictionThresholdMet", "Attempting to reclaim pids");
        await Conditions.UntilAsync(async () =>
            (await node.Api.GetAsync<Api.Core.Node>(null, node.Options.Name, CancellationToken.None)).Status.Conditions.Any(static each => each is { Type: "PIDPressure", Status: "True" }));

        // And takes no other.
        await node.CreateAsync("late", "exec /bin/busybox sleep 1000");
        var late = await node.UntilAsync("late", static each => each.Status.Phase == "Failed");
        Assert.Equal(("Evicted", "Pod was rejected: The node had condition: [PIDPressure]. "), (late.Status.Reason, late.Status.Message));
        Assert.Equal(pod.Metadata.Uid, ended.Metadata.Uid);
    }
}
