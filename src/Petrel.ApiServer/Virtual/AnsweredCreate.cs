using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Virtual;

/// <summary>A kind of question: creating one answers it.</summary>
/// <param name="answer">The body, defaulted and valid, with its answer.</param>
internal sealed class AnsweredCreate<T>(Func<T, RequestContext, CancellationToken, ValueTask<T>> answer) : IVirtualResource where T : ApiObject
{
    public Type Kind => typeof(T);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "POST" || request.Info.Name.Length > 0)
        {
            throw ResourceDispatch.NotAllowed();
        }

        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var body = UrlIdentity.WithNamespace(ResourceEndpoint.WithDefaults(await BodyReader.ReadObjectAsync(context, endpoint.Type)), request.Info, endpoint.Info);
        var errors = new FieldErrors();
        (body as IValidated)?.Validate(errors);
        if (errors.Count > 0)
        {
            // Upstream's reviews leave the kind out of this message.
            throw new StatusException(Statuses.Invalid(endpoint.Info.Group, "", "", errors));
        }

        body = endpoint.Fields.Create(body, options.FieldManager, endpoint.Now());
        await ResponseWriter.WriteObjectAsync(context, 201, format, await answer((T)body, request, context.RequestAborted));
    }
}
