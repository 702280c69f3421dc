namespace Petrel.Node.Streaming;

/// <summary>Finds containers and pods of this node and asks the runtime for a URL that serves one stream of them.</summary>
public interface IStreamingTargets
{
    Task<StreamingTarget> ExecAsync(ContainerStreamRequest request, CancellationToken cancellationToken);

    Task<StreamingTarget> AttachAsync(ContainerStreamRequest request, CancellationToken cancellationToken);

    Task<StreamingTarget> PortForwardAsync(PortForwardStreamRequest request, CancellationToken cancellationToken);
}
