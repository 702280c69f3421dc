using Petrel.Api.Meta;

namespace Petrel.ApiServer.Responses;

/// <summary>Ends the request with an error Status. Thrown anywhere below the pipeline's first filter, which writes it.</summary>
public sealed class StatusException(Status status) : Exception(status.Message)
{
    public Status Status { get; } = status;
}
