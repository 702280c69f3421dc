using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Virtual;

/// <summary>A kind that is answered instead of stored: reviews of access and tokens, statuses of components, bindings of pods.</summary>
internal interface IVirtualResource
{
    Type Kind { get; }

    /// <summary>Answers a request for the resource itself, whatever its method.</summary>
    /// <exception cref="Responses.StatusException">The request is refused.</exception>
    Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint);
}
