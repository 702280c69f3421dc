using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Autoscaling;
using Petrel.Api.FieldManagement;
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
    private static readonly FieldTracker Fields =
        new(FieldStructure.OfObject(Scale.Schema), Scale.Empty.GroupVersionKind, (JsonMap)JsonTree.Parse(JsonEncoding.Encode(Scale.Empty))) { Subresource = "scale" };

    public string Name => "scale";

    public Type? Kind => null;

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request);
        var stored = context.Request.Method switch
        {
            "GET" => await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted),
            "PUT" => await ReplaceAsync(context, request, endpoint),
            "PATCH" => await PatchAsync(context, request, endpoint),
            _ => throw ResourceDispatch.NotAllowed(),
        };
        await ObjectAnswer.WriteAsync(context, 200, format, ((IHasScale)stored.Decode()).ToScale(), Scale.Columns, endpoint.Time.GetUtcNow());
    }

    private static async Task<StoredObject> ReplaceAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var scale = await SubresourceBody.ReadAsync<Scale>(context);
        scale = UrlIdentity.WithNamespace(scale, request.Info, endpoint.Info);
        UrlIdentity.CheckName(scale, request.Info);
        return await UpdateFlow.RunAsync(endpoint, request, new Rescale(_ => scale) { Subresource = "scale", IsPut = true }, options, context.RequestAborted);
    }

    private static async Task<StoredObject> PatchAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var kind = PatchApplication.KindOf(context.Request);
        var body = await BodyReader.ReadAsync(context.Request);
        var options = WriteOptions.OfPatch(context.Request, kind);
        var (apply, patch) = (new ApplyPatch(context, body, options), new PatchApplication(context, kind, body));
        ApiObject Patched(Scale old) => kind == PatchKind.Apply ? apply.Apply(Fields, old, Decode, endpoint.Now()) : patch.Apply(old, Scale.Schema, Decode);
        var change = new Rescale(old =>
        {
            var scale = UrlIdentity.WithNamespace((Scale)Patched(old), request.Info, endpoint.Info);
            UrlIdentity.CheckName(scale, request.Info);
            return scale;
        })
        {
            Subresource = "scale",
            IsApply = kind == PatchKind.Apply,
        };
        return await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
    }

    private static Scale Decode(ReadOnlyMemory<byte> json, DecodeProblems problems) => JsonDecoder.Decode<Scale>(json.Span, problems);

    /// <param name="rescale">Makes the new scale from the current one.</param>
    private sealed class Rescale(Func<Scale, Scale> rescale) : ObjectChange
    {
        public bool IsPut { get; init; }

        public bool IsApply { get; init; }

        public override bool IsReplace => IsPut;

        public override bool TracksFields => IsApply;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var current = ((IHasScale)old).ToScale();
            var scale = rescale(current with { Metadata = current.Metadata with { ManagedFields = ScaleManagers.OfScale(old.Metadata.ManagedFields) } });
            var errors = new FieldErrors();
            scale.Validate(errors);
            if (errors.Count > 0)
            {
                throw new StatusException(Statuses.Invalid("autoscaling", "Scale", scale.Metadata.Name, errors));
            }

            var value = ((IHasScale)old).WithScale(scale);
            return ValueTask.FromResult(value with
            {
                Metadata = old.Metadata with
                {
                    ResourceVersion = scale.Metadata.ResourceVersion,
                    Uid = scale.Metadata.Uid.Length > 0 ? scale.Metadata.Uid : old.Metadata.Uid,
                    ManagedFields = IsApply
                        ? ScaleManagers.OfObject(old.Metadata.ManagedFields, scale.Metadata.ManagedFields, old.GroupVersionKind.ApiVersion)
                        : old.Metadata.ManagedFields,
                },
            });
        }
    }
}
