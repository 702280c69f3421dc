using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Grpc.Cri;
using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Xunit;

namespace Petrel.Node.Tests.Containerd;

[Collection(ContainerdTests.Name)]
public sealed class ContainerdHostTests(ContainerdFixture containerd)
{
    [RuntimeFact]
    public async Task The_next_agent_takes_over_what_runs()
    {
        var first = containerd.Host();
        await first.StartAsync();
        var pod = await containerd.Pod("kept").RunAsync("exec /bin/busybox sleep 1000");

        var second = containerd.Host();
        await second.StartAsync();

        Assert.Equal(first.Process, second.Process);
        Assert.Equal(ContainerState.ContainerRunning, (await pod.StatusAsync()).State);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task A_killed_containerd_is_started_again_and_its_containers_have_not_noticed()
    {
        var host = containerd.Host();
        await host.StartAsync();
        var pod = await containerd.Pod("unaware").RunAsync("exec /bin/busybox sleep 1000");
        var startedAt = (await pod.StatusAsync()).StartedAt;
        using var stop = new CancellationTokenSource();
        var supervision = host.SuperviseAsync(stop.Token);

        var killed = host.Process!;
        killed.Signal(ProcessSignal.Kill);
        await Conditions.UntilAsync(() => Task.FromResult(host.Process is { IsRunning: true } now && now != killed));
        // The first call may meet the connection to the killed one.
        await Conditions.UntilAsync(AnswersAsync);

        Assert.Equal(ContainerState.ContainerRunning, (await pod.StatusAsync()).State);
        Assert.Equal(startedAt, (await pod.StatusAsync()).StartedAt);
        Assert.True((await containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "true"])).Succeeded);
        await pod.RemoveAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => supervision);
    }

    [RuntimeFact]
    public async Task A_changed_configuration_replaces_containerd_and_keeps_its_containers()
    {
        var host = containerd.Host();
        await host.StartAsync();
        var pod = await containerd.Pod("steady").RunAsync("exec /bin/busybox sleep 1000");
        var before = host.Process;

        var changed = Host(containerd.Options with { NetworkPluginDirectory = "/usr/lib/cni/" });
        await changed.StartAsync();

        Assert.NotEqual(before, changed.Process);
        Assert.False(before!.IsRunning);
        await Conditions.UntilAsync(AnswersAsync);
        Assert.Equal(ContainerState.ContainerRunning, (await pod.StatusAsync()).State);
        await pod.RemoveAsync();
    }

    [RuntimeFact]
    public async Task What_is_not_installed_is_named_with_the_way_to_get_it()
    {
        using var directory = new TemporaryDirectory();
        var failure = await Assert.ThrowsAsync<ContainerdException>(() => Host(directory.Options with { Program = "petrel-no-containerd" }).StartAsync());

        Assert.Equal("petrel-no-containerd is not installed; apt-get install containerd runc containernetworking-plugins", failure.Message);
    }

    [RuntimeFact]
    public async Task What_ends_at_once_is_told_with_its_last_words()
    {
        using var directory = new TemporaryDirectory();
        var program = Path.Combine(directory.Path, "broken");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho no disk today\nexit 1\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var failure = await Assert.ThrowsAsync<ContainerdException>(() => Host(directory.Options with { Program = program }).StartAsync());

        Assert.Equal("containerd ended at once: no disk today", failure.Message);
    }

    [Fact]
    public async Task A_state_directory_too_deep_for_a_socket_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var failure = await Assert.ThrowsAsync<ContainerdException>(() => Host(directory.Options with { StateDirectory = "/tmp/" + new string('x', 100) }).StartAsync());

        Assert.Contains("too long for a socket", failure.Message, StringComparison.Ordinal);
    }

    private ContainerdHost Host(ContainerdOptions options) => new(options, containerd.Commands, TimeProvider.System, NullLogger<ContainerdHost>.Instance);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await containerd.Runtime.Status.ReadAsync();
            return true;
        }
        catch (Petrel.Grpc.GrpcException)
        {
            return false;
        }
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        public TemporaryDirectory() => Options = new ContainerdOptions
        {
            RootDirectory = System.IO.Path.Combine(Path, "root"),
            StateDirectory = System.IO.Path.Combine(Path, "state"),
            NetworkConfigurationDirectory = System.IO.Path.Combine(Path, "cni"),
            RegistryDirectory = System.IO.Path.Combine(Path, "certs.d"),
            LogFile = System.IO.Path.Combine(Path, "log"),
        };

        public string Path { get; } = Directory.CreateTempSubdirectory("petrel-").FullName;

        public ContainerdOptions Options { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
