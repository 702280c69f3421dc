using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Verbs;

/// <summary>PATCH on an object or its status: JSON patch, JSON merge patch, strategic merge patch or server-side apply.</summary>
internal sealed class Patch : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var kind = PatchApplication.KindOf(context.Request, endpoint.Type);
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var body = await BodyReader.ReadAsync(context.Request);
        request.Audit?.LogRequest(kind == PatchKind.Apply && YamlBodies.TryRead(body.Span, out var json, out _) ? json : body);
        var options = WriteOptions.OfPatch(context.Request, kind);
        ObjectChange change = kind == PatchKind.Apply
            ? new AppliedConfiguration(endpoint, request.Info, new ApplyPatch(context, body, options)) { Subresource = request.Info.Subresource }
            : new PatchedObject(endpoint, request.Info, new PatchApplication(context, kind, body)) { Subresource = request.Info.Subresource };
        var result = await UpdateFlow.RunOrCreateAsync(endpoint, request, change, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, result.Code, format, endpoint, result.Object);
    }
}
