using Petrel.Api.Core;
using Petrel.Grpc.Cri;
using Petrel.Node.Logs;
using Petrel.Node.Runtime;
using Petrel.Node.Serving;
using Petrel.Node.Streaming;

namespace Petrel.Node.Tests.Streaming;

/// <summary>A node of one pod.</summary>
internal sealed class RuntimeTargets(ContainerRuntime runtime, TestPod pod) : IStreamingTargets, IContainerLogSource, IPodSource
{
    public TaskCompletionSource Ended { get; } = new();

    public async Task<StreamingTarget> ExecAsync(ContainerStreamRequest request, CancellationToken cancellationToken)
    {
        if (request.Container != "main")
        {
            return StreamingTarget.Refused(404, $"container not found (\"{request.Container}\")");
        }

        var exec = new ExecRequest
        {
            ContainerId = pod.ContainerId,
            Cmd = { request.Command },
            Stdin = request.Streams.Stdin,
            Stdout = request.Streams.Stdout,
            Stderr = request.Streams.Stderr,
            Tty = request.Streams.Tty,
        };
        return StreamingTarget.At(await runtime.Streaming.ExecUrlAsync(exec, cancellationToken));
    }

    public async Task<StreamingTarget> AttachAsync(ContainerStreamRequest request, CancellationToken cancellationToken)
    {
        var attach = new AttachRequest
        {
            ContainerId = pod.ContainerId,
            Stdin = request.Streams.Stdin,
            Stdout = request.Streams.Stdout,
            Stderr = request.Streams.Stderr,
            Tty = request.Streams.Tty,
        };
        return StreamingTarget.At(await runtime.Streaming.AttachUrlAsync(attach, cancellationToken));
    }

    public async Task<StreamingTarget> PortForwardAsync(PortForwardStreamRequest request, CancellationToken cancellationToken) =>
        StreamingTarget.At(await runtime.Streaming.PortForwardUrlAsync(pod.SandboxId, request.Ports, cancellationToken));

    public IReadOnlyList<Pod> List() => [];

    public Task<ContainerLog> FindAsync(string podNamespace, string podName, string container, bool previous, CancellationToken cancellationToken) =>
        Task.FromResult(ContainerLog.At(pod.LogFile, Ended.Task));
}
