using Microsoft.AspNetCore.Http;
using Petrel.Api;
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
        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var body = await BodyReader.ReadObjectAsync(context, endpoint.Type);
        CheckName(body, request.Info);
        var value = Create.Scoped(ResourceEndpoint.WithDefaults(body), request.Info, endpoint);
        var change = new Replacement(value) { Subresource = request.Info.Subresource };

        if (endpoint.Info.CreateOnUpdate && change.Subresource.Length == 0
            && await endpoint.Store.FindAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted) is null)
        {
            var created = await CreateFlow.RunAsync(endpoint, request, value with { Metadata = value.Metadata with { ResourceVersion = "" } }, options, context.RequestAborted);
            await ObjectAnswer.WriteAsync(context, 201, format, endpoint, created);
            return;
        }

        var stored = await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, stored);
    }

    private static void CheckName(ApiObject body, RequestInfo info)
    {
        if (body.Metadata.Name.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest("name must be provided"));
        }

        if (body.Metadata.Name != info.Name)
        {
            throw new StatusException(Statuses.BadRequest(
                $"the name of the object ({body.Metadata.Name}) does not match the name on the URL ({info.Name})"));
        }
    }
}
