using Petrel.Api;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class RestartTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    [RuntimeFact]
    public async Task A_container_that_fails_is_restarted_then_backs_off()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("crash", "echo run; echo why > /dev/termination-log; exit 3");

        var pod = await node.UntilAsync("crash", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff" }]);
        var status = pod.Status.ContainerStatuses[0];
        Assert.Equal($"back-off 10s restarting failed container=main pod=crash_default({pod.Metadata.Uid})", status.State.Waiting!.Message);
        Assert.Equal((1, 3, "Error", "why\n"), (status.RestartCount, status.LastState.Terminated!.ExitCode, status.LastState.Terminated.Reason, status.LastState.Terminated.Message));
        Assert.Equal("Running", pod.Status.Phase);
        Assert.Contains(pod.Status.Conditions, static each => each is { Type: "Ready", Status: "False", Reason: "ContainersNotReady", Message: "containers with unready status: [main]" });
        await node.UntilEventAsync("crash", "BackOff", $"Back-off restarting failed container main in pod crash_default({pod.Metadata.Uid})");
        Assert.Contains("run", node.LogOf(pod, "main", 1), StringComparison.Ordinal);

        // The third time comes when the pause is over.
        await node.UntilAsync("crash", static pod => pod.Status.ContainerStatuses[0].RestartCount == 2);
        Assert.False(File.Exists(Path.Combine(node.Options.LogDirectory, $"default_crash_{pod.Metadata.Uid}", "main", "0.log")));
    }

    [RuntimeFact]
    public async Task A_pod_that_is_not_restarted_succeeds_or_fails()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("good", "exit 0", static spec => spec with { RestartPolicy = "OnFailure" });
        await node.CreateAsync("bad", "exit 2", static spec => spec with { RestartPolicy = "Never" });

        var good = await node.UntilAsync("good", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        var bad = await node.UntilAsync("bad", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        Assert.Equal(("Succeeded", "Completed"), (good.Status.Phase, good.Status.ContainerStatuses[0].State.Terminated?.Reason));
        Assert.Equal(("Failed", 2), (bad.Status.Phase, bad.Status.ContainerStatuses[0].State.Terminated?.ExitCode));
        Assert.Contains(good.Status.Conditions, static each => each is { Type: "Ready", Status: "False", Reason: "PodCompleted" });
        Assert.Contains(bad.Status.Conditions, static each => each is { Type: "Ready", Status: "False", Reason: "PodFailed" });
        // Their logs stay, their sandboxes do not run.
        Assert.All(await containerd.Runtime.Sandboxes.ListAsync(), static sandbox => Assert.Equal(Grpc.Cri.PodSandboxState.SandboxNotready, sandbox.State));
        Assert.Equal(2, (await containerd.Runtime.Containers.ListAsync()).Count);
    }

    [RuntimeFact]
    public async Task A_container_killed_in_the_runtime_comes_back()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", "exec /bin/busybox sleep 1000");
        var pod = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        await containerd.Runtime.Containers.StopAsync(pod.Status.ContainerStatuses[0].ContainerID["containerd://".Length..], TimeSpan.Zero);
        var again = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: 1 }]);
        Assert.Equal(137, again.Status.ContainerStatuses[0].LastState.Terminated?.ExitCode);

        await containerd.Runtime.Containers.RemoveAsync(again.Status.ContainerStatuses[0].ContainerID["containerd://".Length..]);
        await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: 2 }]);
    }

    [RuntimeFact]
    public async Task A_sandbox_that_is_lost_is_made_anew_with_its_init_containers()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", static spec => spec with { InitContainers = [RunningNode.Shell("first", "echo init")] }, RunningNode.Shell("main", "exec /bin/busybox sleep 1000"));
        var pod = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        var sandbox = Assert.Single(await containerd.Runtime.Sandboxes.ListAsync());

        await containerd.Runtime.Sandboxes.StopAsync(sandbox.Id);
        // Its container ends before the sandbox does, so one more attempt may be made in it.
        var again = await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: > 0 }] && pod.Status.InitContainerStatuses is [{ RestartCount: 1 }]);
        Assert.NotEmpty(again.Status.PodIP);
        await node.UntilEventAsync("web", "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
        Assert.NotEqual(pod.Status.ContainerStatuses[0].ContainerID, again.Status.ContainerStatuses[0].ContainerID);
    }

    [RuntimeFact]
    public async Task Too_much_memory_is_told_as_such()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var greedy = RunningNode.Shell("main", "/bin/busybox dd if=/dev/zero of=/dev/null bs=100M count=1") with
        {
            Resources = new() { Limits = ApiMap.FromPairs(("memory", Quantity.Parse("32Mi"))) },
        };
        await node.CreateAsync("greedy", static spec => spec with { RestartPolicy = "Never" }, greedy);
        var pod = await node.UntilAsync("greedy", static pod => pod.Status.Phase == "Failed");
        Assert.Equal(("OOMKilled", 137), (pod.Status.ContainerStatuses[0].State.Terminated!.Reason, pod.Status.ContainerStatuses[0].State.Terminated!.ExitCode));
        Assert.Equal("Burstable", pod.Status.QosClass);
    }

    [RuntimeFact]
    public async Task A_failing_liveness_probe_restarts_the_container()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var sick = RunningNode.Shell("main", "trap 'exit 0' TERM; while :; do /bin/busybox sleep 0.1; done") with
        {
            LivenessProbe = new() { Exec = new() { Command = ["/bin/busybox", "false"] }, PeriodSeconds = 1, FailureThreshold = 1 },
        };
        await node.CreateAsync("sick", static spec => spec, sick);
        await node.UntilAsync("sick", static pod => pod.Status.ContainerStatuses is [{ RestartCount: > 0 }]);
        await node.UntilEventAsync("sick", "Unhealthy", "Liveness probe failed");
        await node.UntilEventAsync("sick", "Killing", "Container main failed liveness probe, will be restarted");
    }
}
