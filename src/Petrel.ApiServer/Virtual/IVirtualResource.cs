using Petrel.Api;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Virtual;

/// <summary>A kind that is answered instead of stored: reviews of access and tokens.</summary>
internal interface IVirtualResource
{
    Type Kind { get; }

    /// <summary>Answers a create.</summary>
    /// <exception cref="Responses.StatusException">The body is refused.</exception>
    ValueTask<ApiObject> CreateAsync(ApiObject body, RequestContext request, CancellationToken cancellationToken);
}
