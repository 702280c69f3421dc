using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Admission;
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
        body = endpoint.Fields.Create(body, options.FieldManager, endpoint.Now());
        var admission = new AdmissionRequest(AdmissionOperation.Create, endpoint.Type, request)
        {
            Namespace = body.Metadata.Namespace,
            Name = body.Metadata.Name,
            DryRun = options.DryRun,
            Options = OperationOptions.Create(options),
            Object = body,
        };
        await endpoint.Admission.MutateAsync(admission, context.RequestAborted);
        body = admission.Object!;
        var errors = new FieldErrors();
        (body as IValidated)?.Validate(errors);
        if (errors.Count > 0)
        {
            // Upstream's reviews leave the kind out of this message.
            throw new StatusException(Statuses.Invalid(endpoint.Info.Group, "", "", errors));
        }

        await endpoint.Admission.ValidateAsync(admission, context.RequestAborted);
        await ResponseWriter.WriteObjectAsync(context, 201, format, await answer((T)body, request, context.RequestAborted));
    }
}
