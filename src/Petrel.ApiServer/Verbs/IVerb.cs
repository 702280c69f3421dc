using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Verbs;

/// <summary>One verb of the API, written once for all kinds.</summary>
internal interface IVerb
{
    Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint);
}
