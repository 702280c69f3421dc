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

/// <summary>
/// pods/NAME/ephemeralcontainers and /resize: updates of the whole pod of which only one part counts, under rules of
/// their own, because the rest of a pod's spec does not change.
/// </summary>
/// <param name="prepare">The stored pod with the part that counts changed.</param>
internal sealed class PodUpdateSubresource(string name, Func<Pod, Pod, Pod> prepare, Action<Pod, Pod, FieldErrors> validate) : ISubresource
{
    private readonly Get _get = new();

    public string Name => name;

    public Type Kind => typeof(Pod);

    public static PodUpdateSubresource EphemeralContainers() =>
        new("ephemeralcontainers", PodEphemeralContainersUpdate.Prepare, PodEphemeralContainersUpdate.Validate);

    public static PodUpdateSubresource Resize() => new("resize", PodResize.Prepare, PodResize.Validate);

    public Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint) => context.Request.Method switch
    {
        "GET" => _get.InvokeAsync(context, request, endpoint),
        "PUT" => ReplaceAsync(context, request, endpoint),
        "PATCH" => PatchAsync(context, request, endpoint),
        _ => throw ResourceDispatch.NotAllowed(),
    };

    private async Task ReplaceAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request);
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var body = await BodyReader.ReadObjectAsync(context, endpoint.Type);
        Update.CheckName(body, request.Info);
        var value = Create.Scoped(ResourceEndpoint.WithDefaults(body), request.Info, endpoint);
        var change = new PartChange(new Replacement(value), prepare, validate) { Subresource = Name };
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted));
    }

    private async Task PatchAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request);
        var patch = await PatchApplication.ReadAsync(context);
        var options = WriteOptions.Of(context.Request, "PatchOptions");
        var change = new PartChange(new PatchedObject(endpoint.Type, patch), prepare, validate) { Subresource = Name };
        await ObjectAnswer.WriteAsync(context, 200, format, endpoint, await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted));
    }

    private sealed class PartChange(ObjectChange whole, Func<Pod, Pod, Pod> prepare, Action<Pod, Pod, FieldErrors> validate) : ObjectChange
    {
        public override bool IsReplace => whole.IsReplace;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) => whole.ApplyAsync(old, cancellationToken);

        public override ApiObject Prepare(ApiObject value, ApiObject old) => prepare((Pod)value, (Pod)old);

        public override void Validate(ApiObject value, ApiObject old, FieldErrors errors) => validate((Pod)value, (Pod)old, errors);
    }
}
