using Petrel.Grpc;
using Petrel.Grpc.Containerd;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>
/// The runtime's events as they happen: its own of the container runtime interface where it has them, containerd's
/// otherwise. What happened before the stream was opened or while it was broken is not in it.
/// </summary>
public sealed class ContainerEventStream
{
    private static readonly GrpcMethod<SubscribeRequest, Envelope> Subscribe = new("containerd.services.events.v1.Events", "Subscribe");

    // The namespace in which containerd keeps everything of Kubernetes. Values with a slash must be quoted.
    private static readonly SubscribeRequest TaskEvents = new()
    {
        Filters = { "namespace==k8s.io,topic==\"/tasks/start\"", "namespace==k8s.io,topic==\"/tasks/exit\"", "namespace==k8s.io,topic==\"/tasks/oom\"", "namespace==k8s.io,topic==\"/containers/delete\"" },
    };

    private readonly GrpcChannel _channel;

    internal ContainerEventStream(GrpcChannel channel) => _channel = channel;

    /// <summary>Reads until the stream breaks, which throws <see cref="GrpcException"/>, or is cancelled.</summary>
    public async Task ReadAsync(Action<ContainerEvent> happened, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _channel.ServerStreamAsync(RuntimeMethods.GetContainerEvents, new GetEventsRequest(), null, cancellationToken).ConfigureAwait(false))
            {
                happened(new ContainerEvent(message.ContainerId, KindOf(message.ContainerEventType)));
            }
        }
        catch (GrpcException e) when (e.StatusCode == GrpcStatusCode.Unimplemented)
        {
            await ReadContainerdAsync(happened, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadContainerdAsync(Action<ContainerEvent> happened, CancellationToken cancellationToken)
    {
        await foreach (var envelope in _channel.ServerStreamAsync(Subscribe, TaskEvents, null, cancellationToken).ConfigureAwait(false))
        {
            if (Translate(envelope) is { } containerEvent)
            {
                happened(containerEvent);
            }
        }
    }

    /// <summary>Null for what concerns an exec process and not its container. containerd's type names have no host before them.</summary>
    internal static ContainerEvent? Translate(Envelope envelope)
    {
        var body = envelope.Event;
        switch (body.TypeUrl)
        {
            case "containerd.events.TaskStart":
                return new ContainerEvent(TaskStart.Parser.ParseFrom(body.Value).ContainerId, ContainerEventKind.Started);
            case "containerd.events.TaskExit":
                var exit = TaskExit.Parser.ParseFrom(body.Value);
                return exit.Id == exit.ContainerId ? new ContainerEvent(exit.ContainerId, ContainerEventKind.Stopped) : null;
            case "containerd.events.TaskOOM":
                return new ContainerEvent(TaskOOM.Parser.ParseFrom(body.Value).ContainerId, ContainerEventKind.OutOfMemory);
            case "containerd.events.ContainerDelete":
                return new ContainerEvent(ContainerDelete.Parser.ParseFrom(body.Value).Id, ContainerEventKind.Deleted);
            default:
                return null;
        }
    }

    private static ContainerEventKind KindOf(ContainerEventType type) => type switch
    {
        ContainerEventType.ContainerCreatedEvent => ContainerEventKind.Created,
        ContainerEventType.ContainerStartedEvent => ContainerEventKind.Started,
        ContainerEventType.ContainerStoppedEvent => ContainerEventKind.Stopped,
        _ => ContainerEventKind.Deleted,
    };
}
