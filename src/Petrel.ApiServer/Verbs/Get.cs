using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Verbs;

/// <summary>GET of one object.</summary>
internal sealed class Get : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var version = QueryValues.Text(context.Request.Query, "resourceVersion");
        if (version.Length > 0)
        {
            var asked = ListQuery.ParseVersion(version) ?? throw new StatusException(Statuses.Unknown(500, ListQuery.VersionError(version)));
            var current = (await endpoint.Store.StatusAsync(context.RequestAborted)).Revision;
            if (asked > current)
            {
                throw new StatusException(Statuses.TooLargeResourceVersion(asked, current));
            }
        }

        var stored = await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, stored);
    }
}
