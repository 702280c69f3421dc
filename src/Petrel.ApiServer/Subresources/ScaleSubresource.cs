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
        var scaled = Readable(stored.Decode());
        if (scaled.ScaleProblem is { } problem)
        {
            throw new StatusException(Statuses.InternalError(problem));
        }

        await ObjectAnswer.WriteAsync(context, 200, format, scaled.ToScale(), Scale.Columns, endpoint.Time.GetUtcNow());
    }

    /// <exception cref="StatusException">500: what the object keeps for a scale, from before its definition spoke of one, is none.</exception>
    private static IHasScale Readable(ApiObject value) =>
        ((IHasScale)value).ScaleError is { } error ? throw new StatusException(Statuses.Unknown(500, error)) : (IHasScale)value;

    private static async Task<StoredObject> ReplaceAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var options = WriteOptions.Of(context.Request, "UpdateOptions");
        var scale = await SubresourceBody.ReadAsync<Scale>(context);
        scale = UrlIdentity.WithNamespace(scale, request.Info, endpoint.Info);
        UrlIdentity.CheckName(scale, request.Info);
        return await UpdateFlow.RunAsync(endpoint, request, new Rescale((old, cancellationToken) => TrackedAsync(old, scale, options, endpoint, cancellationToken)) { Subresource = "scale", IsPut = true }, options, context.RequestAborted);
    }

    private static async Task<StoredObject> PatchAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var kind = PatchApplication.KindOf(context.Request);
        var body = await BodyReader.ReadAsync(context.Request);
        var options = WriteOptions.OfPatch(context.Request, kind);
        var (apply, patch) = (new ApplyPatch(context, body, options), new PatchApplication(context, kind, body));
        var change = new Rescale(async (old, cancellationToken) =>
        {
            var patched = kind == PatchKind.Apply ? await apply.ApplyAsync(Fields, old, Decode, endpoint.Now(), cancellationToken) : patch.Apply(old, Scale.Schema, Decode);
            var scale = UrlIdentity.WithNamespace((Scale)patched, request.Info, endpoint.Info);
            UrlIdentity.CheckName(scale, request.Info);
            return kind == PatchKind.Apply ? scale : await TrackedAsync(old, scale, options, endpoint, cancellationToken);
        })
        {
            Subresource = "scale",
        };
        return await UpdateFlow.RunAsync(endpoint, request, change, options, context.RequestAborted);
    }

    /// <summary>The new scale with its managers after a write that is no apply.</summary>
    private static async ValueTask<Scale> TrackedAsync(Scale old, Scale scale, WriteOptions options, ResourceEndpoint endpoint, CancellationToken cancellationToken) => scale with
    {
        Metadata = scale.Metadata with
        {
            ManagedFields = await Fields.UpdateAsync(Tree(old), old.Metadata.ManagedFields, Tree(scale), default, options.FieldManager, endpoint.Now(), cancellationToken),
        },
    };

    private static JsonMap Tree(Scale scale) => (JsonMap)JsonTree.Parse(JsonEncoding.Encode(scale));

    private static Scale Decode(ReadOnlyMemory<byte> json, DecodeProblems problems) => JsonDecoder.Decode<Scale>(json.Span, problems);

    /// <param name="rescale">Makes the new scale from the current one.</param>
    private sealed class Rescale(Func<Scale, CancellationToken, ValueTask<Scale>> rescale) : ObjectChange
    {
        // Stands for a count that is not there, which patches see and may leave so.
        private const int NoReplicas = int.MinValue;

        public bool IsPut { get; init; }

        public override bool IsReplace => IsPut;

        // A Scale of no version replaces the count of whichever object is there.
        public override bool NeedsVersion => false;

        // In the Scale, whose managers become the object's.
        public override bool TracksFields => true;

        public override Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject>? DecodeBody => Decode;

        public override ApiObject ForAdmission(ApiObject value) => ((IHasScale)value).ToScale();

        public override ApiObject WithAdmitted(ApiObject value, ApiObject admitted) => ((IHasScale)value).WithScale((Scale)admitted);

        public override async ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var scaled = Readable(old);
            var (current, path) = (scaled.ToScale(), scaled.ReplicasPath);
            current = scaled.ScaleProblem is null ? current : current with { Spec = current.Spec with { Replicas = NoReplicas } };
            var scale = await rescale(
                current with { Metadata = current.Metadata with { ManagedFields = ScaleManagers.OfScale(old.Metadata.ManagedFields, path) } }, cancellationToken);
            if (scale.Spec.Replicas == NoReplicas && scaled.ChecksScale)
            {
                throw new StatusException(Statuses.BadRequest($"the spec replicas field \".{string.Join('.', path)}\" cannot be empty"));
            }

            var errors = new FieldErrors();
            scale.Validate(errors);
            if (errors.Count > 0 && !scaled.ChecksScale)
            {
                throw new StatusException(Statuses.Invalid("autoscaling", "Scale", scale.Metadata.Name, errors));
            }

            var value = scaled.WithScale(scale);
            return value with
            {
                Metadata = old.Metadata with
                {
                    ResourceVersion = scale.Metadata.ResourceVersion,
                    Uid = scale.Metadata.Uid.Length > 0 ? scale.Metadata.Uid : old.Metadata.Uid,
                    ManagedFields = ScaleManagers.OfObject(old.Metadata.ManagedFields, scale.Metadata.ManagedFields, old.ShownKind.ApiVersion, path),
                },
            };
        }
    }
}
