using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class AgentRestartTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    [RuntimeFact]
    public async Task Running_containers_run_on_and_are_found_again()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var probed = RunningNode.Shell("main", "exec /bin/busybox sleep 1000") with
        {
            ReadinessProbe = new() { Exec = new() { Command = ["/bin/busybox", "true"] }, PeriodSeconds = 1 },
        };
        await node.CreateAsync("web", static spec => spec, probed);
        var before = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.StopAgentAsync();
        node.StartAgent();
        // The new agent looks after the pod when it restarts what is killed, and until then nothing of its status changes.
        await node.CreateAsync("other", "exec /bin/busybox sleep 1000");
        await node.UntilAsync("other", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        var after = (await node.FindAsync("web"))!;
        Assert.Equal(before.Status, after.Status);

        await containerd.Runtime.Containers.StopAsync(before.Status.ContainerStatuses[0].ContainerID["containerd://".Length..], TimeSpan.Zero);
        await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: 1 }]);
    }

    [RuntimeFact]
    public async Task What_ended_meanwhile_is_seen_and_restart_counts_go_on()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", "echo once; exec /bin/busybox sleep 1000");
        var pod = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.StopAgentAsync();
        await containerd.Runtime.Containers.StopAsync(pod.Status.ContainerStatuses[0].ContainerID["containerd://".Length..], TimeSpan.Zero);
        node.StartAgent();

        var again = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: 1 }]);
        Assert.Equal(137, again.Status.ContainerStatuses[0].LastState.Terminated?.ExitCode);
    }

    [RuntimeFact]
    public async Task Pods_deleted_meanwhile_are_removed()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("forced", "exec /bin/busybox sleep 1000");
        await node.CreateAsync("polite", "exec /bin/busybox sleep 1000");
        await node.UntilAsync("forced", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.UntilAsync("polite", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.StopAgentAsync();
        await node.DeleteAsync("forced", 0);
        await node.DeleteAsync("polite");
        Assert.Null(await node.FindAsync("forced"));
        node.StartAgent();

        await node.UntilGoneAsync("polite");
        await Conditions.UntilAsync(async () => !(await containerd.Runtime.Sandboxes.ListAsync()).Any());
        await Conditions.UntilAsync(() => Task.FromResult(!Directory.EnumerateDirectories(Path.Combine(node.Options.RootDirectory, "pods")).Any()));
    }

    [RuntimeFact]
    public async Task An_agent_ended_at_any_moment_leaves_nothing_half_done()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        for (var i = 0; i < 6; i++)
        {
            var name = $"web-{i}";
            await node.CreateAsync(name, static spec => spec with { InitContainers = [RunningNode.Shell("first", "echo init")] }, RunningNode.Shell("main", "exec /bin/busybox sleep 1000"));
            await Task.Delay(TimeSpan.FromMilliseconds(60 * (i + 1)), TimeProvider.System);
            await node.StopAgentAsync();
            node.StartAgent();
        }

        for (var i = 0; i < 6; i++)
        {
            var pod = await node.UntilAsync($"web-{i}", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
            Assert.Equal("Running", pod.Status.Phase);
        }

        await Conditions.UntilAsync(async () => (await containerd.Runtime.Sandboxes.ListAsync()).Count == 6);
        Assert.Equal(6, (await containerd.Runtime.Containers.ListAsync()).Count(static each => each.State == Grpc.Cri.ContainerState.ContainerRunning));
    }
}
