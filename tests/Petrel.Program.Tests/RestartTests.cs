namespace Petrel.Program.Tests;

/// <summary>The cluster is the same after any of its processes died.</summary>
[Collection(ClusterTests.Name)]
public class RestartTests(Cluster cluster)
{
    private const string ContainerIds = "jsonpath={.items[*].status.containerStatuses[*].containerID} {.items[*].status.containerStatuses[*].restartCount}";

    [ClusterFact]
    public async Task Containers_run_on_while_the_server_is_dead_and_are_found_again()
    {
        var space = await cluster.NewNamespaceAsync("killed");
        await RunPodAsync(space);
        var before = (await cluster.KubectlAsync(null, "get", "pods", "-n", space, "-o", ContainerIds)).Succeeded();

        // More than once: a node that were called ready before it has found its containers would mostly win the race.
        for (var kill = 0; kill < 3; kill++)
        {
            await cluster.KillServerAsync();
            (await cluster.PetrelAsync("up")).Succeeded();

            Assert.Equal("alive", (await cluster.KubectlAsync(null, "exec", "p", "-n", space, "--", "echo", "alive")).Succeeded());
            (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();
            Assert.Equal(before, (await cluster.KubectlAsync(null, "get", "pods", "-n", space, "-o", ContainerIds)).Succeeded());
        }
    }

    [ClusterFact]
    public async Task Down_stops_everything_and_up_brings_it_back()
    {
        var space = await cluster.NewNamespaceAsync("stopped");
        await RunPodAsync(space);

        (await cluster.PetrelAsync("down")).Succeeded();
        Assert.Equal(3, (await cluster.PetrelAsync("status")).ExitCode);
        (await cluster.PetrelAsync("up")).Succeeded();

        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=jsonpath={.status.containerStatuses[0].restartCount}=1", "--timeout=60s")).Succeeded();
        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();
        Assert.Equal("alive", (await cluster.KubectlAsync(null, "exec", "p", "-n", space, "--", "echo", "alive")).Succeeded());
    }

    private async Task RunPodAsync(string space)
    {
        (await cluster.KubectlAsync(null, "run", "p", "-n", space, "--image=local/busybox:1", "--", "sleep", "1000000")).Succeeded();
        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();
    }
}
