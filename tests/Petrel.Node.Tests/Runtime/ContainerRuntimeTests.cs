using Petrel.Grpc;
using Petrel.Grpc.Cri;
using Petrel.Linux.Cgroups;
using Xunit;

namespace Petrel.Node.Tests.Runtime;

[Collection(ContainerdTests.Name)]
public sealed class ContainerRuntimeTests(ContainerdFixture containerd)
{
    [RuntimeFact]
    public async Task The_runtime_says_what_it_is_and_that_it_is_ready()
    {
        var version = await containerd.Runtime.Status.VersionAsync();
        var status = await containerd.Runtime.Status.ReadAsync();

        Assert.Equal(("containerd", "v1"), (version.RuntimeName, version.RuntimeApiVersion));
        await Conditions.UntilAsync(async () => (await containerd.Runtime.Status.ReadAsync()).Status.Conditions.All(condition => condition.Status));
        Assert.Equal(["NetworkReady", "RuntimeReady"], status.Status.Conditions.Select(condition => condition.Type).Order());
        // Either it is not implemented (1.6) or it is the driver that was asked for.
        Assert.True(await containerd.Runtime.Status.CgroupDriverAsync() is null or CgroupDriver.Cgroupfs);
    }

    [RuntimeFact]
    public async Task A_pod_runs_answers_logs_stops_and_goes()
    {
        var runtime = containerd.Runtime;
        var pod = await containerd.Pod("whole").RunAsync("echo out; echo err >&2; exec /bin/busybox sleep 1000");

        var sandbox = (await runtime.Sandboxes.StatusAsync(pod.SandboxId))!.Status;
        Assert.Equal(PodSandboxState.SandboxReady, sandbox.State);
        Assert.StartsWith("10.254.77.", sandbox.Network.Ip, StringComparison.Ordinal);
        Assert.Equal(ContainerState.ContainerRunning, (await pod.StatusAsync()).State);

        var exec = await runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "sh", "-c", "/bin/busybox hostname; /bin/busybox cat /etc/resolv.conf; echo no >&2; exit 3"], TimeSpan.FromSeconds(10));
        Assert.Equal((3, "no\n"), (exec.ExitCode, exec.ErrorText));
        Assert.Equal("whole\nsearch test.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n", exec.OutputText);

        await Conditions.UntilAsync(async () => File.Exists(pod.LogFile) && (await File.ReadAllLinesAsync(pod.LogFile)).Length == 2);
        var log = (await File.ReadAllLinesAsync(pod.LogFile)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(["stderr F err", "stdout F out"], log.Order());

        Assert.Equal([pod.ContainerId], (await runtime.Containers.ListAsync(new ContainerFilter { PodSandboxId = pod.SandboxId })).Select(container => container.Id));
        await runtime.Containers.StopAsync(pod.ContainerId, TimeSpan.FromSeconds(1));
        var ended = await pod.StatusAsync();
        Assert.Equal((ContainerState.ContainerExited, 137), (ended.State, ended.ExitCode));

        await pod.RemoveAsync();
        Assert.Null(await runtime.Containers.StatusAsync(pod.ContainerId));
        Assert.Null(await runtime.Sandboxes.StatusAsync(pod.SandboxId));
        await runtime.Sandboxes.StopAsync(pod.SandboxId);
        await runtime.Sandboxes.RemoveAsync(pod.SandboxId);
        await runtime.Containers.StopAsync(pod.ContainerId, TimeSpan.Zero);
        await runtime.Containers.RemoveAsync(pod.ContainerId);
    }

    [RuntimeFact]
    public async Task A_command_that_takes_too_long_is_ended()
    {
        var pod = await containerd.Pod("slow").RunAsync("exec /bin/busybox sleep 1000");

        var exec = await containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "sleep", "1000"], TimeSpan.FromSeconds(1));

        Assert.True(exec.TimedOut);
        Assert.False(exec.Succeeded);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task A_command_that_is_not_there_is_refused_by_name()
    {
        var pod = await containerd.Pod("missing").RunAsync("exec /bin/busybox sleep 1000");

        var failure = await Assert.ThrowsAsync<GrpcException>(() => containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/nothing"]));

        Assert.Contains("/nothing", failure.Detail, StringComparison.Ordinal);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task Streaming_is_offered_at_an_address_of_this_machine()
    {
        var pod = await containerd.Pod("stream").RunAsync("exec /bin/busybox sleep 1000");
        var runtime = containerd.Runtime.Streaming;

        Uri[] urls =
        [
            await runtime.ExecUrlAsync(new ExecRequest { ContainerId = pod.ContainerId, Cmd = { "/bin/busybox" }, Stdout = true }),
            await runtime.AttachUrlAsync(new AttachRequest { ContainerId = pod.ContainerId, Stdout = true }),
            await runtime.PortForwardUrlAsync(pod.SandboxId, [80]),
        ];

        Assert.Equal(["/exec/", "/attach/", "/portforward/"], urls.Select(url => url.Segments[0] + url.Segments[1]));
        Assert.All(urls, url => Assert.True(url.IsLoopback));
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task What_a_container_uses_is_the_runtimes_measure_and_the_cgroups()
    {
        var pod = await containerd.Pod("busy").RunAsync("while :; do :; done");
        var cgroups = CgroupTree.Detect();

        await Conditions.UntilAsync(async () => (await containerd.Runtime.Stats.ContainerAsync(pod.ContainerId))?.Cpu?.UsageCoreNanoSeconds?.Value > 50_000_000);
        await Conditions.UntilAsync(() => Task.FromResult(cgroups.ReadUsage(pod.Cgroup) is { CpuNanoseconds: > 50_000_000, MemoryBytes: > 0 }));
        Assert.Contains(pod.ContainerId, cgroups.Children(pod.Cgroup));
        Assert.Equal(64UL << 20, cgroups.ReadUsage($"{pod.Cgroup}/{pod.ContainerId}")!.MemoryLimitBytes);
        Assert.Contains(await containerd.Runtime.Stats.ListContainersAsync(), stats => stats.Attributes.Id == pod.ContainerId);
        Assert.Null(await containerd.Runtime.Stats.ContainerAsync("nothing"));

        await pod.RemoveAsync();
        await Conditions.UntilAsync(() => Task.FromResult(cgroups.TryRemove(pod.Cgroup)));
    }

    [RuntimeFact]
    public async Task Too_much_memory_is_an_end_with_that_reason()
    {
        var pod = await containerd.Pod("greedy").RunAsync("/bin/busybox dd if=/dev/zero of=/dev/null bs=100M count=1");

        await Conditions.UntilAsync(async () => (await pod.StatusAsync()).State == ContainerState.ContainerExited);

        Assert.Equal("OOMKilled", (await pod.StatusAsync()).Reason);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task The_pause_process_of_a_shared_process_namespace_leaves_no_zombies()
    {
        var pod = await containerd.Pod("reaper", NamespaceMode.Pod).RunAsync("exec /bin/busybox sleep 1000");
        var streaming = containerd.Runtime.Streaming;

        // The orphan becomes a child of process 1, the pause program, and ends there.
        var exec = await streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "sh", "-c", "(/bin/busybox usleep 1000 & echo $!)"]);
        var orphan = exec.OutputText.Trim();
        Assert.NotEmpty(orphan);
        await Conditions.UntilAsync(async () => !(await streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "cat", $"/proc/{orphan}/stat"])).Succeeded);

        Assert.Contains("pause", (await streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "cat", "/proc/1/cmdline"])).OutputText, StringComparison.Ordinal);
        await pod.RemoveAsync();
    }
}
