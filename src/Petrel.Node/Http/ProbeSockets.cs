using System.Net.Sockets;

namespace Petrel.Node.Http;

/// <summary>Connections of probes and hooks.</summary>
internal static class ProbeSockets
{
    /// <exception cref="SocketException">No connection.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            // Thousands of probes a minute would each leave a port in TIME_WAIT for a minute (upstream's dialer does the same).
            LingerState = new LingerOption(enable: true, seconds: 1),
        };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>In the words of upstream's events.</summary>
    public static string Describe(SocketException exception, string host, int port) => exception.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"dial tcp: lookup {host}: no such host",
        SocketError.TimedOut => $"dial tcp {ContainerPorts.Join(host, port)}: i/o timeout",
        SocketError.ConnectionRefused => $"dial tcp {ContainerPorts.Join(host, port)}: connect: connection refused",
        SocketError.HostUnreachable => $"dial tcp {ContainerPorts.Join(host, port)}: connect: no route to host",
        SocketError.NetworkUnreachable => $"dial tcp {ContainerPorts.Join(host, port)}: connect: network is unreachable",
        _ => $"dial tcp {ContainerPorts.Join(host, port)}: connect: {exception.Message}",
    };
}
