using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Petrel.Grpc.Containerd;
using Petrel.Node.Runtime;
using Xunit;

namespace Petrel.Node.Tests.Runtime;

[Collection(ContainerdTests.Name)]
public sealed class ContainerEventStreamTests(ContainerdFixture containerd)
{
    [RuntimeFact]
    public async Task The_runtime_tells_of_containers_that_start_and_end()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<ContainerEvent>();
        using var stop = new CancellationTokenSource();
        var reading = containerd.Runtime.Events.ReadAsync(seen.Enqueue, stop.Token);

        // Whoever has just subscribed may miss what happens at once, so containers come and go until one is seen.
        await Conditions.UntilAsync(async () =>
        {
            Assert.False(reading.IsFaulted, reading.Exception?.Message);
            var pod = await containerd.Pod("events").RunAsync("exit 0");
            await Conditions.UntilAsync(async () => (await pod.StatusAsync()).State == Petrel.Grpc.Cri.ContainerState.ContainerExited);
            await pod.RemoveAsync();
            return seen.Any(happened => happened.ContainerId == pod.ContainerId && happened.Kind == ContainerEventKind.Stopped);
        });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public void The_end_of_a_containers_first_process_is_the_containers_end() =>
        Assert.Equal(new ContainerEvent("c1", ContainerEventKind.Stopped), Translate("TaskExit", new TaskExit { ContainerId = "c1", Id = "c1" }));

    [Fact]
    public void The_end_of_an_exec_is_not() =>
        Assert.Null(Translate("TaskExit", new TaskExit { ContainerId = "c1", Id = "exec-7" }));

    [Fact]
    public void Other_events_keep_their_kind()
    {
        Assert.Equal(ContainerEventKind.Started, Translate("TaskStart", new TaskStart { ContainerId = "c1" })!.Kind);
        Assert.Equal(ContainerEventKind.OutOfMemory, Translate("TaskOOM", new TaskOOM { ContainerId = "c1" })!.Kind);
        Assert.Equal(ContainerEventKind.Deleted, Translate("ContainerDelete", new ContainerDelete { Id = "c1" })!.Kind);
        Assert.Null(Translate("ImageUpdate", new ContainerDelete { Id = "c1" }));
    }

    private static ContainerEvent? Translate(string type, IMessage body) =>
        ContainerEventStream.Translate(new Envelope { Event = new Any { TypeUrl = $"containerd.events.{type}", Value = body.ToByteString() } });
}
