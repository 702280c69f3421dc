using Petrel.Grpc;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>Commands in containers, and the addresses of the runtime's streaming server for those that are interactive.</summary>
public sealed class StreamingService
{
    private readonly RuntimeConnection _connection;

    internal StreamingService(RuntimeConnection connection) => _connection = connection;

    /// <summary>Runs a command in a container to its end, which the timeout, in whole seconds and at least one, brings about by a kill.</summary>
    public async Task<ExecResult> ExecAsync(string containerId, IEnumerable<string> command, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var request = new ExecSyncRequest { ContainerId = containerId, Cmd = { command } };
        if (timeout is null)
        {
            return From(await _connection.CallWithoutLimitAsync(RuntimeMethods.ExecSync, request, cancellationToken).ConfigureAwait(false));
        }

        request.Timeout = Math.Max(1, (long)timeout.Value.TotalSeconds);
        try
        {
            return From(await _connection.CallAsync(RuntimeMethods.ExecSync, request, timeout.Value, cancellationToken).ConfigureAwait(false));
        }
        catch (GrpcException e) when (e.StatusCode == GrpcStatusCode.DeadlineExceeded)
        {
            return new ExecResult(ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty, -1, TimedOut: true);
        }
    }

    /// <summary>The URL at which one client may run a command interactively; it can be used once and for a minute.</summary>
    public async Task<Uri> ExecUrlAsync(ExecRequest request, CancellationToken cancellationToken = default) =>
        new((await _connection.CallAsync(RuntimeMethods.Exec, request, cancellationToken).ConfigureAwait(false)).Url);

    /// <summary>The URL at which one client may reach the container's first process; it can be used once and for a minute.</summary>
    public async Task<Uri> AttachUrlAsync(AttachRequest request, CancellationToken cancellationToken = default) =>
        new((await _connection.CallAsync(RuntimeMethods.Attach, request, cancellationToken).ConfigureAwait(false)).Url);

    /// <summary>The URL at which one client may reach ports of a sandbox; it can be used once and for a minute.</summary>
    public async Task<Uri> PortForwardUrlAsync(string sandboxId, IEnumerable<int> ports, CancellationToken cancellationToken = default)
    {
        var request = new PortForwardRequest { PodSandboxId = sandboxId, Port = { ports } };
        return new Uri((await _connection.CallAsync(RuntimeMethods.PortForward, request, cancellationToken).ConfigureAwait(false)).Url);
    }

    private static ExecResult From(ExecSyncResponse response) => new(response.Stdout.Memory, response.Stderr.Memory, response.ExitCode, TimedOut: false);
}
