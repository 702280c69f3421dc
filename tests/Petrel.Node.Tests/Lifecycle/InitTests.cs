using Petrel.Api.Core;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class InitTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    private static Container Writing(string name, string script) => RunningNode.Shell(name, script) with { VolumeMounts = [new() { Name = "shared", MountPath = "/shared" }] };

    private static PodSpec Shared(PodSpec spec) => spec with { Volumes = [new() { Name = "shared", EmptyDir = new() }] };

    [RuntimeFact]
    public async Task Init_containers_run_one_after_the_other_before_the_others()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync(
            "order",
            static spec => Shared(spec) with { InitContainers = [Writing("one", "echo 1 >> /shared/order"), Writing("two", "echo 2 >> /shared/order")] },
            Writing("main", "echo 3 >> /shared/order; /bin/busybox cat /shared/order; exec /bin/busybox sleep 1000"));
        var pod = await node.UntilAsync("order", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        Assert.All(pod.Status.InitContainerStatuses, static each => Assert.True(each is { Ready: true, State.Terminated: { ExitCode: 0, Reason: "Completed" } }));
        await Conditions.UntilAsync(() => Task.FromResult(node.LogOf(pod, "main", 0).Contains("F 3", StringComparison.Ordinal)));
        Assert.Equal(["1", "2", "3"], node.LogOf(pod, "main", 0).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[3]));
        Assert.Contains(pod.Status.Conditions, static each => each is { Type: "Initialized", Status: "True" });
    }

    [RuntimeFact]
    public async Task A_failing_init_container_holds_up_the_pod_or_fails_it()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("again", static spec => spec with { InitContainers = [RunningNode.Shell("first", "exit 1")] }, RunningNode.Shell("main", "exit 0"));
        await node.CreateAsync("never", static spec => spec with { RestartPolicy = "Never", InitContainers = [RunningNode.Shell("first", "exit 1")] }, RunningNode.Shell("main", "exit 0"));

        var never = await node.UntilAsync("never", static pod => pod.Status.Phase == "Failed");
        Assert.Equal("PodInitializing", never.Status.ContainerStatuses[0].State.Waiting?.Reason);
        var again = await node.UntilAsync("again", static pod => pod.Status.InitContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff" }]);
        Assert.Equal(("Pending", "PodInitializing"), (again.Status.Phase, again.Status.ContainerStatuses[0].State.Waiting?.Reason));
        Assert.Contains(again.Status.Conditions, static each => each is { Type: "Initialized", Status: "False", Message: "containers with incomplete status: [first]" });
    }

    [RuntimeFact]
    public async Task A_sidecar_starts_before_runs_beside_and_ends_after_the_main_container()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var sidecar = Writing("side", "trap 'echo side >> /shared/order; exit 0' TERM; echo up >> /shared/order; while :; do /bin/busybox sleep 0.1; done") with
        {
            RestartPolicy = "Always",
            StartupProbe = new() { Exec = new() { Command = ["/bin/busybox", "grep", "up", "/shared/order"] }, PeriodSeconds = 1 },
        };
        await node.CreateAsync(
            "job",
            spec => Shared(spec) with { RestartPolicy = "Never", InitContainers = [sidecar, Writing("init", "echo init >> /shared/order")] },
            Writing("main", "echo main >> /shared/order; /bin/busybox cat /shared/order; echo ended; exit 0"));

        var pod = await node.UntilAsync("job", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        Assert.Equal("Succeeded", pod.Status.Phase);
        Assert.Equal(["up", "init", "main", "ended"], node.LogOf(pod, "main", 0).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[3]));
        Assert.Equal(0, pod.Status.InitContainerStatuses[0].State.Terminated?.ExitCode);
        Assert.True(pod.Status.InitContainerStatuses[0].State.Terminated!.FinishedAt >= pod.Status.ContainerStatuses[0].State.Terminated!.FinishedAt);
    }
}
