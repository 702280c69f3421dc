using System.Net.Sockets;
using System.Security.Authentication;

namespace Petrel.ApiServer.Forwarding;

/// <summary>Why a backend could not be asked, in the words of Go's net package, which clients and people know.</summary>
internal static class BackendErrors
{
    public static string Describe(Exception exception, Uri target) => exception switch
    {
        OperationCanceledException => $"dial tcp {target.Host}:{target.Port}: i/o timeout",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } => $"dial tcp: lookup {target.Host}: no such host",
        { InnerException: SocketException socket } => $"dial tcp {target.Host}:{target.Port}: {Describe(socket)}",
        { InnerException: AuthenticationException tls } => $"tls: failed to verify certificate: {tls.Message}",
        { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
        _ => exception.Message,
    };

    /// <summary>Why a connection was not made.</summary>
    public static string Describe(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connect: connection refused",
        SocketError.HostUnreachable => "connect: no route to host",
        SocketError.NetworkUnreachable => "connect: network is unreachable",
        SocketError.TimedOut => "connect: connection timed out",
        _ => exception.Message,
    };
}
