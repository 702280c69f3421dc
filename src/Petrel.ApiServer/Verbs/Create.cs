using Microsoft.AspNetCore.Http;
using Petrel.Api;
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
        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var body = await BodyReader.ReadObjectAsync(context, endpoint.Type);
        var value = Scoped(ResourceEndpoint.WithDefaults(body), request.Info, endpoint);
        if (value.Metadata.ResourceVersion is not ("" or "0"))
        {
            throw new StatusException(Statuses.Unknown(500, "resourceVersion should not be set on objects to be created"));
        }

        var stored = await CreateFlow.RunAsync(endpoint, request, value, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 201, format, endpoint, stored);
    }

    /// <summary>The object with the namespace of the request.</summary>
    /// <exception cref="StatusException">400 when the body names another one.</exception>
    internal static ApiObject Scoped(ApiObject value, RequestInfo info, ResourceEndpoint endpoint)
    {
        var @namespace = endpoint.Info.Namespaced ? info.Namespace : "";
        if (endpoint.Info.Namespaced && value.Metadata.Namespace.Length > 0 && value.Metadata.Namespace != @namespace)
        {
            throw new StatusException(Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
        }

        return value with { Metadata = value.Metadata with { Namespace = @namespace } };
    }
}
