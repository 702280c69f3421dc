using Petrel.Api;
using Petrel.Api.Coordination;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Controllers.Hosting;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class NodeTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(new ControllerOptions { NodeMonitorGracePeriod = TimeSpan.FromSeconds(2), NodeStartupGracePeriod = TimeSpan.FromSeconds(2) });

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Nodes_get_different_parts_of_the_pod_range()
    {
        foreach (var name in new[] { "n1", "n2", "n3" })
        {
            await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = name } }, default);
        }

        var nodes = await _cluster.UntilListAsync<Node>(null, static nodes => nodes.All(static node => node.Spec.PodCIDR.Length > 0));
        Assert.Equal(["10.244.0.0/24", "10.244.1.0/24", "10.244.2.0/24"], nodes.Select(static node => node.Spec.PodCIDR).Order(StringComparer.Ordinal));
        Assert.All(nodes, static node => Assert.Equal([node.Spec.PodCIDR], node.Spec.PodCIDRs));
    }

    [Fact]
    public async Task A_silent_node_is_unknown_and_loses_the_pods_that_do_not_tolerate_it()
    {
        using var alive = new CancellationTokenSource();
        var neighbour = KeepReadyAsync("n2", alive.Token);
        await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = "n1" } }, default);
        await _cluster.PatchAsync<Node>(null, "n1", """{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}""", "status");
        var (fleeing, patient) = (Samples.Pod("fleeing"), Samples.Pod("patient"));
        fleeing = await _cluster.Api.CreateAsync(fleeing with { Spec = fleeing.Spec with { NodeName = "n1", Tolerations = [Tolerate(0)], TerminationGracePeriodSeconds = 30 } }, default);
        patient = await _cluster.Api.CreateAsync(patient with { Spec = patient.Spec with { NodeName = "n1", Tolerations = [Tolerate(null)] } }, default);
        await _cluster.MakeReadyAsync(patient);
        var node = await _cluster.UntilAsync<Node>(null, "n1", static node => node.Status.Conditions.Any(static condition => condition.Status == "Unknown"));
        Assert.All(node.Status.Conditions, static condition => Assert.Equal("Unknown", condition.Status));
        var ready = node.Status.Conditions.Single(static condition => condition.Type == "Ready");
        Assert.Equal(("NodeStatusUnknown", "Kubelet stopped posting node status."), (ready.Reason, ready.Message));
        node = await _cluster.UntilAsync<Node>(null, "n1", static node => node.Spec.Taints.Any(static taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoExecute" }));
        Assert.Contains(node.Spec.Taints, static taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoSchedule" });
        var marked = await _cluster.UntilAsync<Pod>("default", "fleeing", static pod => pod.Metadata.DeletionTimestamp is not null);
        Assert.Contains(marked.Status.Conditions, static condition => condition is { Type: "DisruptionTarget", Reason: "DeletionByTaintManager" });
        var staying = await _cluster.UntilAsync<Pod>("default", "patient", static pod => pod.Status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "False" }));
        Assert.Null(staying.Metadata.DeletionTimestamp);

        // A report with a new heartbeat ends the silence; without one it would be the old report once more.
        var heartbeat = ApiTime.Format(TimeProvider.System.GetUtcNow());
        await _cluster.PatchAsync<Node>(null, "n1", $$$"""{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","lastHeartbeatTime":"{{{heartbeat}}}"}]}}""", "status");
        await _cluster.UntilAsync<Node>(null, "n1", static node => !node.Spec.Taints.Any(static taint => taint.Key == "node.kubernetes.io/unreachable"));
        await alive.CancelAsync();
        await neighbour;
    }

    [Fact]
    public async Task When_no_node_is_left_nobody_is_evicted_and_evictions_are_taken_back()
    {
        using var alive = new CancellationTokenSource();
        var neighbour = KeepReadyAsync("n2", alive.Token);
        await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = "n1" } }, default);
        await _cluster.PatchAsync<Node>(null, "n1", """{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}""", "status");
        await _cluster.UntilAsync<Node>(null, "n1", static node => Effects(node).SetEquals(["NoSchedule", "NoExecute"]));
        await alive.CancelAsync();
        await neighbour;
        await _cluster.UntilAsync<Node>(null, "n2", static node => Effects(node).SetEquals(["NoSchedule"]));
        await _cluster.UntilAsync<Node>(null, "n1", static node => Effects(node).SetEquals(["NoSchedule"]));
    }

    /// <summary>A node whose agent lives, until cancelled.</summary>
    private async Task KeepReadyAsync(string name, CancellationToken cancellationToken)
    {
        await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = name } }, default);
        await _cluster.PatchAsync<Node>(null, name, """{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}""", "status");
        var lease = new Lease { Metadata = new() { Namespace = "kube-node-lease", Name = name }, Spec = new() { HolderIdentity = name, LeaseDurationSeconds = 40, RenewTime = TimeProvider.System.GetUtcNow() } };
        lease = await _cluster.Api.CreateAsync(lease, default);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lease = await _cluster.Api.UpdateAsync(lease with { Spec = lease.Spec with { RenewTime = TimeProvider.System.GetUtcNow() } }, default);
        }
    }

    private static HashSet<string> Effects(Node node) =>
        [.. node.Spec.Taints.Where(static taint => taint.Key == "node.kubernetes.io/unreachable").Select(static taint => taint.Effect)];

    private static Toleration Tolerate(long? seconds) => new() { Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds };
}
