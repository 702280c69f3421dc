using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>DELETE of one object.</summary>
internal sealed class Delete : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var (options, dryRun) = await DeleteOptionsReader.ReadAsync(context);
        var result = await DeleteFlow.RunAsync(endpoint, request, request.Info.Namespace, request.Info.Name, options, dryRun, context.RequestAborted);
        if (!result.IsGone || endpoint.Info.DeleteReturnsObject)
        {
            // 202 only for those who asked in the old way to have dependents deleted, as upstream.
            var code = !result.IsGone && options.OrphanDependents == false ? 202 : 200;
            await ObjectAnswer.WriteAsync(context, code, format, endpoint, result.Object);
            return;
        }

        await ResponseWriter.WriteStatusAsync(
            context, Statuses.Success(endpoint.Info.GroupResource, request.Info.Name, result.Object.Decode().Metadata.Uid));
    }
}
