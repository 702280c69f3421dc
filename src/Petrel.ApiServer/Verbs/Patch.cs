using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>PATCH on an object or its status: JSON patch, JSON merge patch or strategic merge patch.</summary>
internal sealed class Patch : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request);
        var patch = await PatchApplication.ReadAsync(context);
        var options = WriteOptions.Of(context.Request, "PatchOptions");
        var change = new PatchedObject(endpoint.Type, patch) { Subresource = request.Info.Subresource };
        var stored = await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, stored);
    }
}
