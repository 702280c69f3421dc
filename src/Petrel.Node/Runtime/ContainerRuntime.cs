using Petrel.Grpc;

namespace Petrel.Node.Runtime;

/// <summary>
/// A container runtime reached by the container runtime interface (CRI v1), by concern. Every call throws
/// <see cref="GrpcException"/> when the runtime refuses it; the connection mends itself after a loss.
/// </summary>
public sealed class ContainerRuntime : IDisposable
{
    private readonly GrpcChannel _channel;

    private ContainerRuntime(GrpcChannel channel, ContainerRuntimeOptions options)
    {
        _channel = channel;
        var connection = new RuntimeConnection(channel, options.RequestTimeout);
        Status = new StatusService(connection);
        Sandboxes = new SandboxService(connection);
        Containers = new ContainerService(connection);
        Streaming = new StreamingService(connection);
        Images = new ImageService(connection);
        Stats = new StatsService(connection);
        Events = new ContainerEventStream(channel);
    }

    public StatusService Status { get; }

    public SandboxService Sandboxes { get; }

    public ContainerService Containers { get; }

    public StreamingService Streaming { get; }

    public ImageService Images { get; }

    public StatsService Stats { get; }

    public ContainerEventStream Events { get; }

    /// <summary>A runtime that listens on a Unix socket. Connects on the first call.</summary>
    public static ContainerRuntime Connect(string socketPath, TimeProvider time, ContainerRuntimeOptions? options = null) =>
        new(GrpcChannel.ForUnixSocket(socketPath, new GrpcChannelOptions { Time = time }), options ?? new ContainerRuntimeOptions());

    public void Dispose() => _channel.Dispose();
}
