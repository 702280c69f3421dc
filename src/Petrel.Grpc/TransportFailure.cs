using System.Net.Sockets;

namespace Petrel.Grpc;

/// <summary>Gives a status to what goes wrong below gRPC: no connection, a lost one, a stream the peer reset.</summary>
internal static class TransportFailure
{
    // RFC 9113, section 7.
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    public static GrpcException Translate(Exception failure, string address)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case HttpProtocolException reset:
                    return new GrpcException(FromReset(reset.ErrorCode), $"{address} reset the call: {reset.Message}", failure);
                case SocketException socket:
                    return new GrpcException(GrpcStatusCode.Unavailable, $"connection to {address}: {socket.Message}", failure);
            }
        }

        return failure is HttpRequestException or IOException or OperationCanceledException
            ? new GrpcException(GrpcStatusCode.Unavailable, $"connection to {address}: {failure.Message}", failure)
            : new GrpcException(GrpcStatusCode.Internal, failure.Message, failure);
    }

    private static GrpcStatusCode FromReset(long errorCode) => errorCode switch
    {
        RefusedStream => GrpcStatusCode.Unavailable,
        Cancel => GrpcStatusCode.Cancelled,
        EnhanceYourCalm => GrpcStatusCode.ResourceExhausted,
        InadequateSecurity => GrpcStatusCode.PermissionDenied,
        _ => GrpcStatusCode.Internal,
    };
}
