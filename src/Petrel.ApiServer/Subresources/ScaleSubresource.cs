using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Autoscaling;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Subresources;

/// <summary>/scale: the replica count of any kind that has one, as an autoscaling/v1 Scale.</summary>
internal sealed class ScaleSubresource : ISubresource
{
    public string Name => "scale";

    public Type? Kind => null;

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, allowProjections: false);
        var stored = context.Request.Method switch
        {
            "GET" => await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted),
            "PUT" => await ReplaceAsync(context, request, endpoint),
            "PATCH" => await PatchAsync(context, request, endpoint),
            _ => throw ResourceDispatch.NotAllowed(),
        };
        await ResponseWriter.WriteObjectAsync(context, 200, format, ((IHasScale)stored.Decode()).ToScale());
    }

    private static async Task<StoredObject> ReplaceAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var scale = await SubresourceBody.ReadAsync<Scale>(context);
        if (scale.Metadata.Name != request.Info.Name)
        {
            throw new StatusException(Statuses.BadRequest(scale.Metadata.Name.Length == 0
                ? "name must be provided"
                : $"the name of the object ({scale.Metadata.Name}) does not match the name on the URL ({request.Info.Name})"));
        }

        return await UpdateFlow.RunAsync(endpoint, request, new Rescale(_ => scale, isReplace: true) { Subresource = "scale" }, options, context.RequestAborted);
    }

    private static async Task<StoredObject> PatchAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var patch = await PatchApplication.ReadAsync(context);
        var options = WriteOptions.Of(context.Request, "PatchOptions");
        var change = new Rescale(old => (Scale)patch.Apply(old, Scale.Schema, Decode), isReplace: false) { Subresource = "scale" };
        return await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
    }

    private static Scale Decode(ReadOnlyMemory<byte> json, DecodeProblems problems) => JsonDecoder.Decode<Scale>(json.Span, problems);

    /// <param name="rescale">Makes the new scale from the current one.</param>
    private sealed class Rescale(Func<Scale, Scale> rescale, bool isReplace) : ObjectChange
    {
        public override bool IsReplace => isReplace;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var scale = rescale(((IHasScale)old).ToScale());
            var errors = new FieldErrors();
            if (scale.Spec.Replicas < 0)
            {
                errors.Invalid(FieldPath.Root.Child("spec", "replicas"), scale.Spec.Replicas, "must be greater than or equal to 0");
                throw new StatusException(Statuses.Invalid("autoscaling", "Scale", scale.Metadata.Name, errors));
            }

            var value = ((IHasScale)old).WithScale(scale);
            return ValueTask.FromResult(value with
            {
                Metadata = old.Metadata with { ResourceVersion = scale.Metadata.ResourceVersion, Uid = scale.Metadata.Uid.Length > 0 ? scale.Metadata.Uid : old.Metadata.Uid },
            });
        }
    }
}
