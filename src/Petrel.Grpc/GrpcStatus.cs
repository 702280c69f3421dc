using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Petrel.Grpc;

/// <summary>How a call ended, as the server's headers or trailers say it.</summary>
internal readonly record struct GrpcStatus(GrpcStatusCode Code, string Message)
{
    /// <summary>The status in a block of headers; null when there is none.</summary>
    public static GrpcStatus? FromHeaders(HttpHeaders headers)
    {
        if (!headers.TryGetValues("grpc-status", out var codes))
        {
            return null;
        }

        var code = int.TryParse(codes.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= (int)GrpcStatusCode.Unauthenticated
            ? (GrpcStatusCode)number
            : GrpcStatusCode.Unknown;
        var message = headers.TryGetValues("grpc-message", out var messages) ? Uri.UnescapeDataString(string.Join(',', messages)) : "";
        return new GrpcStatus(code, message);
    }

    /// <summary>The status after the last message. A response without one was cut short.</summary>
    public static GrpcStatus FromTrailers(HttpResponseMessage response) =>
        FromHeaders(response.TrailingHeaders)
        ?? FromHeaders(response.Headers)
        ?? new GrpcStatus(GrpcStatusCode.Internal, "the server ended the call without a status");

    /// <summary>The code for an answer of something that does not speak gRPC ("HTTP to gRPC Status Code Mapping").</summary>
    public static GrpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    public void ThrowUnlessOk()
    {
        if (Code != GrpcStatusCode.Ok)
        {
            throw new GrpcException(Code, Message);
        }
    }
}
