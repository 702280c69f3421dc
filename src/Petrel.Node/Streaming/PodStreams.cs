using Microsoft.AspNetCore.Http;
using Petrel.Grpc;
using Petrel.Grpc.Cri;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Streaming;

/// <summary>Streams of the node's pods, with kubelet's answers where there are none.</summary>
internal sealed class PodStreams(LivePods pods, ContainerRuntime runtime) : IStreamingTargets
{
    public Task<StreamingTarget> ExecAsync(ContainerStreamRequest request, CancellationToken cancellationToken) =>
        OfContainerAsync(request, id => runtime.Streaming.ExecUrlAsync(
            new ExecRequest
            {
                ContainerId = id,
                Cmd = { request.Command },
                Stdin = request.Streams.Stdin,
                Stdout = request.Streams.Stdout,
                Stderr = request.Streams.Stderr,
                Tty = request.Streams.Tty,
            },
            cancellationToken));

    public Task<StreamingTarget> AttachAsync(ContainerStreamRequest request, CancellationToken cancellationToken) =>
        OfContainerAsync(request, id => runtime.Streaming.AttachUrlAsync(
            new AttachRequest
            {
                ContainerId = id,
                Stdin = request.Streams.Stdin,
                Stdout = request.Streams.Stdout,
                Stderr = request.Streams.Stderr,
                // The client's word: one without a terminal may attach to a container that has one, and then gets all on stdout.
                Tty = request.Streams.Tty,
            },
            cancellationToken));

    public Task<StreamingTarget> PortForwardAsync(PortForwardStreamRequest request, CancellationToken cancellationToken)
    {
        if (pods.Find(request.Namespace, request.Pod, request.PodUid) is not { } found)
        {
            return Task.FromResult(StreamingTarget.PodDoesNotExist);
        }

        return found.Worker.Seen.ReadySandbox is not { } sandbox
            ? Task.FromResult(StreamingTarget.Refused(StatusCodes.Status500InternalServerError, $"pod not found (\"{request.Pod}_{request.Namespace}\")"))
            : AnswerAsync(() => runtime.Streaming.PortForwardUrlAsync(sandbox.Id, request.Ports, cancellationToken));
    }

    private Task<StreamingTarget> OfContainerAsync(ContainerStreamRequest request, Func<string, Task<Uri>> open)
    {
        if (pods.Find(request.Namespace, request.Pod, request.PodUid) is not { } found)
        {
            return Task.FromResult(StreamingTarget.PodDoesNotExist);
        }

        return found.Worker.Seen.Newest(request.Container) is { IsRunning: true } instance
            ? AnswerAsync(() => open(instance.Id))
            : Task.FromResult(StreamingTarget.Refused(StatusCodes.Status500InternalServerError, $"container not found (\"{request.Container}\")"));
    }

    private static async Task<StreamingTarget> AnswerAsync(Func<Task<Uri>> open)
    {
        try
        {
            return StreamingTarget.At(await open());
        }
        catch (GrpcException e)
        {
            return StreamingTarget.Refused(StatusCodes.Status500InternalServerError, e.Message);
        }
    }
}
