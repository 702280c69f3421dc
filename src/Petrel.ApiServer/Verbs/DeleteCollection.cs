using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>DELETE on a collection: deletes what a list with the same parameters shows, and answers with that list.</summary>
internal sealed class DeleteCollection : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var (options, dryRun) = await DeleteOptionsReader.ReadAsync(context);
        var list = ListQuery.Of(context.Request, endpoint.Type, isWatch: false);
        var page = await ListReader.ReadAsync(endpoint, request.Info.Namespace, list, context.RequestAborted);
        foreach (var item in page.Items)
        {
            var meta = item.Decode().Metadata;
            try
            {
                await DeleteFlow.RunAsync(endpoint, request, meta.Namespace, meta.Name, options, dryRun, context.RequestAborted, isOneOfMany: true);
            }
            catch (StatusException gone) when (gone.Status.Reason == "NotFound")
            {
                // Deleted by somebody else since the list: that is what was asked for.
            }
        }

        await ListAnswer.WriteAsync(context, format, endpoint, page);
    }
}
