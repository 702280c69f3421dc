using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Subresources;

/// <summary>namespaces/NAME/finalize: sets spec.finalizers; the namespace controller's last step of a deletion.</summary>
internal sealed class FinalizeSubresource : ISubresource
{
    public string Name => "finalize";

    public Type Kind => typeof(Namespace);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "PUT")
        {
            throw ResourceDispatch.NotAllowed();
        }

        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var body = (Namespace)ResourceEndpoint.WithDefaults(await BodyReader.ReadObjectAsync(context, endpoint.Type));
        UrlIdentity.CheckName(body, request.Info);
        var change = new Finalization(body) { Subresource = Name };
        var stored = await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, stored);
    }

    private sealed class Finalization(Namespace body) : ObjectChange
    {
        public override bool IsReplace => true;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) => ValueTask.FromResult<ApiObject>(body);

        public override ApiObject Prepare(ApiObject value, ApiObject old)
        {
            var (current, wanted) = ((Namespace)old, (Namespace)value);
            return wanted.PrepareForFinalize(current);
        }

        public override void Validate(ApiObject value, ApiObject old, FieldErrors errors) => ((Namespace)value).Validate(errors);
    }
}
