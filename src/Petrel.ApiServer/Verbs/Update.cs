using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>PUT on an object or its status.</summary>
internal sealed class Update : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var body = await BodyReader.ReadObjectAsync(context, endpoint.Type);
        var value = UrlIdentity.WithNamespace(ResourceEndpoint.WithDefaults(body), request.Info, endpoint.Info);
        request.Audit?.LogRequest(value);
        UrlIdentity.CheckName(value, request.Info);
        var change = new Replacement(endpoint, value, options.FieldManager) { Subresource = request.Info.Subresource };
        var result = await UpdateFlow.RunOrCreateAsync(endpoint, request, change, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, result.Code, format, endpoint, result.Object);
    }
}
