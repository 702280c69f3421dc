using Petrel.Api;
using Petrel.Api.Core;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class AdmissionTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    [RuntimeFact]
    public async Task A_pod_that_the_node_cannot_take_fails_with_the_reason()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("cpu", static spec => spec, RunningNode.Shell("main", "exit 0") with { Resources = new() { Requests = ApiMap.FromPairs(("cpu", new Quantity(10_000))) } });
        await node.CreateAsync("zone", "exit 0", static spec => spec with { NodeSelector = ApiMap.FromPairs(("zone", "elsewhere")) });
        Container Port(string name) => RunningNode.Shell("main", "exec /bin/busybox sleep 1000") with { Ports = [new() { Port = 80, HostPort = 40123, Name = name }] };
        await node.CreateAsync("first", static spec => spec with { HostNetwork = false }, Port("a"));
        await node.UntilAsync("first", static pod => pod.Status.StartTime is not null);
        await node.CreateAsync("second", static spec => spec, Port("b"));

        var cpu = await node.UntilAsync("cpu", static pod => pod.Status.Phase == "Failed");
        Assert.Equal("OutOfcpu", cpu.Status.Reason);
        Assert.StartsWith("Pod was rejected: Node didn't have enough resource: cpu, requested: 10000000, used: ", cpu.Status.Message, StringComparison.Ordinal);
        Assert.Empty(cpu.Status.ContainerStatuses);
        await node.UntilEventAsync("cpu", "OutOfcpu", "Node didn't have enough resource: cpu, requested: 10000000");
        Assert.Equal("NodeAffinity", (await node.UntilAsync("zone", static pod => pod.Status.Phase == "Failed")).Status.Reason);
        Assert.Equal("NodePorts", (await node.UntilAsync("second", static pod => pod.Status.Phase == "Failed")).Status.Reason);
        await node.DeleteAsync("cpu");
        await node.UntilGoneAsync("cpu");
    }
}
