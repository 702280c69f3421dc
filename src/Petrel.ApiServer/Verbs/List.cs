using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Verbs;

/// <summary>GET on a collection.</summary>
internal sealed class List : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var query = ListQuery.Of(context.Request, endpoint.Type, isWatch: false);
        var page = await ListReader.ReadAsync(endpoint, request.Info.Namespace, query, context.RequestAborted);
        await ListAnswer.WriteAsync(context, format, endpoint, page);
    }
}
