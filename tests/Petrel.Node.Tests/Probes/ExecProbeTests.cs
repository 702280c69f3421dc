using Petrel.Api.Core;
using Petrel.Node.Probes;
using Petrel.Node.Probes.Actions;
using Xunit;

namespace Petrel.Node.Tests.Probes;

[Collection(ContainerdTests.Name)]
public sealed class ExecProbeTests(ContainerdFixture containerd)
{
    [RuntimeFact]
    public async Task The_exit_code_decides_and_the_output_is_shown()
    {
        var pod = await containerd.Pod("exec-probe").RunAsync("exec /bin/busybox sleep 1000");

        Assert.Equal(ProbeAnswer.Success, await ProbeAsync(pod, "/bin/busybox", "true"));
        Assert.Equal(ProbeAnswer.Failure("out\nerr\n"), await ProbeAsync(pod, "/bin/busybox", "sh", "-c", "echo out; echo err >&2; exit 1"));
        var large = await ProbeAsync(pod, "/bin/busybox", "sh", "-c", "/bin/busybox dd if=/dev/zero bs=100k count=1 2>/dev/null; exit 1");
        Assert.Equal(10 * 1024, large.Text.Length);
        Assert.Equal(
            ProbeAnswer.Failure("command timed out: \"/bin/busybox sleep 100\" timed out after 1s"),
            await ProbeAsync(1, pod, "/bin/busybox", "sleep", "100"));
        // Variables with a value in the container's own list are known.
        Assert.Equal(ProbeAnswer.Failure("hello x $(UNKNOWN)\n"), await ProbeAsync(pod, "/bin/busybox", "sh", "-c", "echo '$(GREETING) $(UNKNOWN)'; exit 1"));
        await pod.RemoveAsync();
        // A container that is gone says nothing about itself.
        Assert.Equal(ProbeAnswerKind.Error, (await ProbeAsync(pod, "/bin/busybox", "true")).Kind);
    }

    private Task<ProbeAnswer> ProbeAsync(TestPod pod, params string[] command) => ProbeAsync(60, pod, command);

    private Task<ProbeAnswer> ProbeAsync(int timeoutSeconds, TestPod pod, params string[] command) => new ExecProbe(containerd.Runtime).RunAsync(
        new ProbeTarget(
            new Pod(),
            new Container { Name = "main", Env = [new() { Name = "NAME", Value = "x" }, new() { Name = "GREETING", Value = "hello $(NAME)" }] },
            new Probe { Exec = new ExecAction { Command = [.. command] }, TimeoutSeconds = timeoutSeconds },
            pod.ContainerId,
            ""),
        CancellationToken.None);
}
