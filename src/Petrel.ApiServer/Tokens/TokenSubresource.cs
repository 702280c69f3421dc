using Microsoft.AspNetCore.Http;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Tokens;

/// <summary>/serviceaccounts/NAME/token: answers a TokenRequest with a token.</summary>
internal sealed class TokenSubresource(TokenRequests requests) : ISubresource
{
    private static readonly FieldTracking Fields = new(ResourceType.Of<TokenRequest>());

    public string Name => "token";

    public Type? Kind => typeof(ServiceAccount);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "POST")
        {
            throw ResourceDispatch.NotAllowed();
        }

        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var body = await BodyReader.ReadAsync(context.Request);
        // An empty body asks for a token with the defaults.
        var wanted = (TokenRequest)UrlIdentity.WithNamespace(body.IsEmpty ? new TokenRequest() : BodyReader.Decode(context, BodyFormat.Of<TokenRequest>(), body), request.Info, endpoint.Info);
        wanted = (TokenRequest)Fields.Create(wanted.WithDefaults(), options.FieldManager, endpoint.Now(), Name);
        var prepared = await requests.PrepareAsync(request.Info.Namespace, request.Info.Name, wanted, context.RequestAborted);
        var admission = new AdmissionRequest(AdmissionOperation.Create, endpoint.Type, request)
        {
            Subresource = Name,
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
            DryRun = options.DryRun,
            Options = OperationOptions.Create(options),
            DecodeBody = ResourceType.Of<TokenRequest>().Decode,
            Object = prepared,
        };
        await endpoint.Admission.MutateAsync(admission, context.RequestAborted);
        await endpoint.Admission.ValidateAsync(admission, context.RequestAborted);
        var issued = await requests.IssueAsync((TokenRequest)admission.Object!, context.RequestAborted);
        await ResponseWriter.WriteObjectAsync(context, 201, format, issued);
    }
}
