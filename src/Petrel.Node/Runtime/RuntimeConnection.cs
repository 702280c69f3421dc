using Google.Protobuf;
using Petrel.Grpc;

namespace Petrel.Node.Runtime;

/// <summary>What the wrappers of the runtime's services share: the channel and the time a call may take.</summary>
internal sealed class RuntimeConnection(GrpcChannel channel, TimeSpan timeout)
{
    public GrpcChannel Channel => channel;

    /// <summary>One call in the usual time.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new() =>
        CallAsync(method, request, TimeSpan.Zero, cancellationToken);

    /// <summary>One call that may take longer than usual by the time its work itself may take.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan work, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new() =>
        channel.UnaryAsync(method, request, new GrpcCallOptions { Timeout = timeout + work }, cancellationToken);

    /// <summary>One call that takes the time it takes.</summary>
    public Task<TResponse> CallWithoutLimitAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new() =>
        channel.UnaryAsync(method, request, GrpcCallOptions.None, cancellationToken);

    /// <summary>The answer, or null where the runtime says that what it is about does not exist.</summary>
    public static async Task<TResponse?> OrNullIfNotFoundAsync<TResponse>(Task<TResponse> call)
        where TResponse : class
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (GrpcException e) when (e.StatusCode == GrpcStatusCode.NotFound)
        {
            return null;
        }
    }
}
