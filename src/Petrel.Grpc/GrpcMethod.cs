using Google.Protobuf;

namespace Petrel.Grpc;

/// <summary>
/// One method of a service: the path it is called by and the messages it carries. Whether either side streams
/// is said by how it is called.
/// </summary>
/// <param name="service">Full name of the service with its package: <c>runtime.v1.RuntimeService</c>.</param>
/// <param name="name">Name of the method: <c>Version</c>.</param>
public sealed class GrpcMethod<TRequest, TResponse>(string service, string name)
    where TRequest : IMessage<TRequest>, new()
    where TResponse : IMessage<TResponse>, new()
{
    public string Path { get; } = $"/{service}/{name}";

    internal MessageParser<TResponse> ResponseParser { get; } = new(static () => new TResponse());
}
