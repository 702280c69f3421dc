using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Linux.Cgroups;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class PodRunTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    [RuntimeFact]
    public async Task A_pod_runs_tells_so_and_is_deleted_without_a_trace()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", "trap 'exit 0' TERM; echo hello; while :; do /bin/busybox sleep 0.1; done");

        var pod = await node.UntilAsync("web", static pod => pod.Status.Conditions.Any(static each => each is { Type: "Ready", Status: "True" }));
        Assert.Equal("Running", pod.Status.Phase);
        Assert.StartsWith("10.254.77.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal("10.254.77.1", pod.Status.HostIP);
        Assert.NotNull(pod.Status.StartTime);
        var container = Assert.Single(pod.Status.ContainerStatuses);
        Assert.Equal(("main", true, true, 0), (container.Name, container.Ready, container.Started, container.RestartCount));
        Assert.NotNull(container.State.Running);
        Assert.Equal(ContainerdFixture.Busybox, container.Image);
        Assert.StartsWith("containerd://", container.ContainerID, StringComparison.Ordinal);
        Assert.Equal(
            ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"],
            pod.Status.Conditions.Select(static each => each.Type));
        await Conditions.UntilAsync(() => Task.FromResult(node.LogOf(pod, "main", 0).Contains("stdout F hello", StringComparison.Ordinal)));
        Assert.True(CgroupTree.Detect().Exists($"{node.Options.CgroupRoot}/besteffort/pod{pod.Metadata.Uid}"));
        Assert.Single(Directory.GetFiles(node.Options.LogLinkDirectory));
        await node.UntilEventAsync("web", "Pulled", "Container image \"docker.io/local/busybox:1\" already present on machine");
        await node.UntilEventAsync("web", "Created", "Created container: main");
        await node.UntilEventAsync("web", "Started", "Started container main");

        await node.DeleteAsync("web");
        await node.UntilGoneAsync("web");
        await node.UntilEventAsync("web", "Killing", "Stopping container main");
        Assert.Empty(await containerd.Runtime.Sandboxes.ListAsync());
        Assert.Empty(await containerd.Runtime.Containers.ListAsync());
        Assert.False(Directory.Exists(node.Options.PodDirectory(pod.Metadata.Uid)));
        Assert.Empty(Directory.GetDirectories(node.Options.LogDirectory));
        Assert.Empty(Directory.GetFiles(node.Options.LogLinkDirectory));
        Assert.False(CgroupTree.Detect().Exists($"{node.Options.CgroupRoot}/besteffort/pod{pod.Metadata.Uid}"));
    }

    [RuntimeFact]
    public async Task The_last_state_of_a_deleted_pod_is_told_before_it_goes()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", "trap 'exit 7' TERM; while :; do /bin/busybox sleep 0.1; done");
        var created = await node.UntilAsync("web", static pod => pod.Status.Phase == "Running");
        using var stop = new CancellationTokenSource();
        var states = new List<Pod>();
        var options = new ListOptions { ResourceVersion = created.Metadata.ResourceVersion };
        await node.DeleteAsync("web");
        await foreach (var change in node.Api.WatchAsync<Pod>("default", options, stop.Token))
        {
            states.Add(change.Object);
            if (change.Type == "DELETED")
            {
                break;
            }
        }

        var last = states[^1];
        Assert.Equal(("Failed", 7, "Error"), (last.Status.Phase, last.Status.ContainerStatuses[0].State.Terminated?.ExitCode, last.Status.ContainerStatuses[0].State.Terminated?.Reason));
        Assert.NotEmpty(last.Status.PodIP);
    }
}
