namespace Petrel.Grpc;

/// <summary>A call that ended with a status other than OK, given by the server or, where it could not answer, by this client.</summary>
public sealed class GrpcException : Exception
{
    public GrpcException(GrpcStatusCode statusCode, string detail, Exception? innerException = null)
        : base($"rpc error: code = {statusCode} desc = {detail}", innerException)
    {
        StatusCode = statusCode;
        Detail = detail;
    }

    public GrpcStatusCode StatusCode { get; }

    /// <summary>The status message alone; <see cref="Exception.Message"/> puts the code before it the way clients in other languages print it.</summary>
    public string Detail { get; }
}
