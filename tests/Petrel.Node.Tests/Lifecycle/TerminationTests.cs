using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class TerminationTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    private const string Stubborn = "trap 'echo told' TERM; while :; do /bin/busybox sleep 0.1; done";

    [RuntimeFact]
    public async Task A_shorter_grace_period_ends_a_pod_that_is_ending_sooner()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("slow", Stubborn, static spec => spec with { TerminationGracePeriodSeconds = 600 });
        var pod = await node.UntilAsync("slow", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.DeleteAsync("slow");
        await Conditions.UntilAsync(() => Task.FromResult(node.LogOf(pod, "main", 0).Contains("told", StringComparison.Ordinal)));
        Assert.NotNull((await node.FindAsync("slow"))!.Metadata.DeletionTimestamp);

        await node.DeleteAsync("slow", 1);
        await node.UntilGoneAsync("slow");
        await Conditions.UntilAsync(async () => !(await containerd.Runtime.Sandboxes.ListAsync()).Any());
    }

    [RuntimeFact]
    public async Task A_pod_deleted_by_force_leaves_the_node_as_well()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", Stubborn, static spec => spec with { TerminationGracePeriodSeconds = 600 });
        await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.DeleteAsync("web", 0);
        Assert.Null(await node.FindAsync("web"));
        await Conditions.UntilAsync(async () => !(await containerd.Runtime.Sandboxes.ListAsync()).Any());
        await Conditions.UntilAsync(() => Task.FromResult(!Directory.EnumerateDirectories(Path.Combine(node.Options.RootDirectory, "pods")).Any()));
    }

    [RuntimeFact]
    public async Task Hooks_run_after_the_start_and_before_the_end()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var main = RunningNode.Shell("main", "trap '/bin/busybox cat /tmp/steps; exit 0' TERM; while :; do /bin/busybox sleep 0.1; done") with
        {
            Lifecycle = new()
            {
                PostStart = new() { Exec = new() { Command = ["/bin/busybox", "sh", "-c", "echo started >> /tmp/steps"] } },
                PreStop = new() { Exec = new() { Command = ["/bin/busybox", "sh", "-c", "echo stopping >> /tmp/steps"] } },
            },
            TerminationMessagePath = "/tmp/steps",
        };
        await node.CreateAsync("hooks", static spec => spec with { RestartPolicy = "Never", ActiveDeadlineSeconds = 3 }, main);
        var pod = await node.UntilAsync("hooks", static pod => pod.Status.Phase is "Failed");
        Assert.Equal("started\nstopping\n", pod.Status.ContainerStatuses[0].State.Terminated?.Message);
    }

    [RuntimeFact]
    public async Task A_postStart_hook_that_fails_ends_the_container()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var main = RunningNode.Shell("main", "trap 'exit 0' TERM; while :; do /bin/busybox sleep 0.1; done") with
        {
            Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["/bin/busybox", "false"] } } },
        };
        await node.CreateAsync("hook", static spec => spec, main);
        await node.UntilEventAsync("hook", "FailedPostStartHook", "PostStartHook failed");
        await node.UntilEventAsync("hook", "Killing", "FailedPostStartHook");
        var pod = await node.UntilAsync("hook", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "PostStartHookError" or "CrashLoopBackOff" }]);
        Assert.False(pod.Status.ContainerStatuses[0].Ready);
        await node.UntilAsync("hook", static pod => pod.Status.ContainerStatuses is [{ RestartCount: > 0 }]);
    }

    [RuntimeFact]
    public async Task A_pod_past_its_deadline_fails()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("long", "trap 'exit 0' TERM; while :; do /bin/busybox sleep 0.1; done", static spec => spec with { ActiveDeadlineSeconds = 2 });
        var pod = await node.UntilAsync("long", static pod => pod.Status.Phase is "Failed");
        Assert.Equal(("DeadlineExceeded", "Pod was active on the node longer than the specified deadline"), (pod.Status.Reason, pod.Status.Message));
        Assert.NotNull(pod.Status.ContainerStatuses[0].State.Terminated);
        await node.UntilEventAsync("long", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
    }

    [RuntimeFact]
    public async Task A_pod_that_never_started_is_deleted_too()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("none", static spec => spec, RunningNode.Shell("main", "exit 0") with { Image = "localhost/nothing:1", ImagePullPolicy = "Never" });
        await node.UntilAsync("none", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "ErrImageNeverPull" }]);
        await node.DeleteAsync("none");
        await node.UntilGoneAsync("none");
    }
}
