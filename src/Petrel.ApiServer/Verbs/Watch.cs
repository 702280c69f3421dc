using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Watching;

namespace Petrel.ApiServer.Verbs;

/// <summary>GET with watch=true on a collection: the changes from a revision on, as they happen.</summary>
internal sealed class Watch : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request);
        var query = ListQuery.Of(context.Request, endpoint.Type, isWatch: true);
        if (request.Info.Name.Length > 0)
        {
            query = query with { Filter = query.Filter.WithName(request.Info.Name) };
        }

        await new WatchSession(context, endpoint, request.Info.Namespace, query, format).RunAsync();
    }
}
