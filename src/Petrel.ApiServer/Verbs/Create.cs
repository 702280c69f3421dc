using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>POST on a collection.</summary>
internal sealed class Create : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var body = await BodyReader.ReadObjectAsync(context, endpoint.Type);
        var value = UrlIdentity.WithNamespace(ResourceEndpoint.WithDefaults(body), request.Info, endpoint.Info);
        request.Audit?.LogRequest(value);
        if (value.Metadata.ResourceVersion is not ("" or "0"))
        {
            throw new StatusException(Statuses.Unknown(500, "resourceVersion should not be set on objects to be created"));
        }

        value = endpoint.Fields.Create(value, options.FieldManager, endpoint.Now());
        var stored = await CreateFlow.RunAsync(endpoint, request, value, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 201, format, endpoint, stored);
    }
}
