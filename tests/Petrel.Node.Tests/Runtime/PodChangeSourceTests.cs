using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Grpc.Cri;
using Petrel.Linux.Processes;
using Petrel.Node.Runtime;
using Xunit;

namespace Petrel.Node.Tests.Runtime;

[Collection(ContainerdTests.Name)]
public sealed class PodChangeSourceTests(ContainerdFixture containerd) : IAsyncLifetime, IDisposable
{
    // Only events can show a change before this is over.
    private static readonly PodChangeOptions Options = new() { RelistPeriod = TimeSpan.FromHours(1), RetryPause = TimeSpan.FromMilliseconds(100) };

    private readonly ConcurrentQueue<string> _changed = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    [RuntimeFact]
    public async Task Pods_that_exist_come_first_and_a_container_that_ends_by_itself_is_told()
    {
        var pod = await containerd.Pod("ends").RunAsync("until [ -e /tmp/end ]; do /bin/busybox usleep 1000; done");
        Watch();
        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Uid)));
        await UntilEventsFlowAsync(pod);
        _changed.Clear();

        await containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "touch", "/tmp/end"]);

        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Uid)));
        Assert.Equal(ContainerState.ContainerExited, (await pod.StatusAsync()).State);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task A_removed_pod_is_told()
    {
        var pod = await containerd.Pod("goes").RunAsync("exec /bin/busybox sleep 1000");
        Watch();
        await UntilEventsFlowAsync(pod);
        await containerd.Runtime.Sandboxes.StopAsync(pod.SandboxId);
        await Conditions.UntilAsync(() => Task.FromResult(_changed.Count(uid => uid == pod.Uid) >= 2));
        _changed.Clear();

        await pod.RemoveAsync();

        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Uid)));
    }

    [RuntimeFact]
    public async Task Changes_are_told_again_after_containerd_was_killed()
    {
        var host = containerd.Host();
        await host.StartAsync();
        var pod = await containerd.Pod("survives").RunAsync("until [ -e /tmp/end ]; do /bin/busybox usleep 1000; done");
        Watch();
        await UntilEventsFlowAsync(pod);

        host.Process!.Signal(ProcessSignal.Kill);
        await ProcessExit.WaitAsync(host.Process, CancellationToken.None);
        await containerd.Host().StartAsync();
        await UntilEventsFlowAsync(pod);
        _changed.Clear();
        await containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "touch", "/tmp/end"]);

        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Uid)));
        await pod.RemoveAsync();
    }

    private void Watch() =>
        _running = new PodChangeSource(containerd.Runtime, Options, TimeProvider.System, NullLogger<PodChangeSource>.Instance).RunAsync(_changed.Enqueue, _stop.Token);

    /// <summary>Starts and ends pods until one is told about, so that a test does not pass by the list at the start.</summary>
    private async Task UntilEventsFlowAsync(TestPod pod)
    {
        Assert.NotNull(await containerd.Runtime.Sandboxes.StatusAsync(pod.SandboxId));
        TestPod probe;
        var attempt = 0;
        do
        {
            probe = await containerd.Pod($"probe-{Guid.NewGuid():N}"[..20]).RunAsync("exit 0");
            await probe.RemoveAsync();
        }
        while (!_changed.Contains(probe.Uid) && attempt++ < 50);
        Assert.Contains(probe.Uid, _changed);
    }
}
