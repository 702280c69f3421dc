using System.Net.Sockets;
using Petrel.Api.Core;
using Petrel.Node.Http;

namespace Petrel.Node.Probes.Actions;

/// <summary>A TCP connection, which is to be accepted.</summary>
internal sealed class TcpProbe(TimeProvider time) : IProbeAction
{
    /// <inheritdoc/>
    public bool Handles(Probe probe) => probe.TcpSocket is not null;

    /// <inheritdoc/>
    public async Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var action = target.Probe.TcpSocket!;
        int port;
        try
        {
            port = ContainerPorts.Resolve(action.Port, target.Container);
        }
        catch (FormatException exception)
        {
            return ProbeAnswer.Error(exception.Message);
        }

        var host = action.Host.Length > 0 ? action.Host : target.PodAddress;
        using var timeout = new CancellationTokenSource(target.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var socket = await ProbeSockets.ConnectAsync(host, port, either.Token);
            return ProbeAnswer.Success;
        }
        catch (SocketException exception)
        {
            return ProbeAnswer.Failure(ProbeSockets.Describe(exception, host, port));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeAnswer.Failure($"dial tcp {ContainerPorts.Join(host, port)}: i/o timeout");
        }
    }
}
