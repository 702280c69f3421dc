using Petrel.Grpc;

namespace Petrel.Node.Runtime;

/// <summary>The runtime's errors as users read them in events and statuses.</summary>
internal static class RuntimeErrors
{
    /// <summary>A code that says nothing is left out, as upstream does.</summary>
    public static string Text(GrpcException exception) => exception.StatusCode == GrpcStatusCode.Unknown ? exception.Detail : exception.Message;
}
