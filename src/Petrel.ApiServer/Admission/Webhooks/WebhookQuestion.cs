using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Responses;
using Reviews = Petrel.Api.Admission;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>A request as webhooks are asked about it, in the version of one kind.</summary>
internal sealed class WebhookQuestion
{
    private const string Version1 = "v1";
    private const string Version1Beta1 = "v1beta1";

    private readonly Reviews.AdmissionRequest _review;

    private WebhookQuestion(Reviews.AdmissionRequest review, ResourceType target) => (_review, Target) = (review, target);

    /// <summary>The kind as which the request is shown.</summary>
    public ResourceType Target { get; }

    /// <exception cref="ConversionException">The objects cannot be had in the version of the kind.</exception>
    public static async ValueTask<WebhookQuestion> OfAsync(AdmissionRequest request, ResourceType target, CancellationToken cancellationToken)
    {
        var value = await ObjectVersions.ConvertAsync(request.Object, request.Type, target, cancellationToken);
        return new WebhookQuestion(Of(request, target, value, await ObjectVersions.ConvertAsync(request.OldObject, request.Type, target, cancellationToken)), target);
    }

    /// <summary>The JSON for a webhook, and what its answer has to fit.</summary>
    /// <exception cref="WebhookCallException">The webhook understands no version that there is.</exception>
    public (byte[] Json, string Uid, string ApiVersion) For(RegisteredWebhook webhook)
    {
        var uid = Guid.NewGuid().ToString();
        var review = _review with { Uid = uid };
        return webhook.ReviewVersions.FirstOrDefault(static version => version is Version1 or Version1Beta1) switch
        {
            Version1 => (JsonEncoding.Encode(new Reviews.AdmissionReview { Request = review }), uid, "admission.k8s.io/v1"),
            Version1Beta1 => (JsonEncoding.Encode(new Reviews.V1Beta1.AdmissionReview { Request = review }), uid, "admission.k8s.io/v1beta1"),
            _ => throw new WebhookCallException(
                webhook.Name,
                $"could not create admission objects: webhook does not accept known AdmissionReview versions ({string.Join(',', webhook.ReviewVersions)})",
                Statuses.BadRequest("error creating admission objects")),
        };
    }

    private static Reviews.AdmissionRequest Of(AdmissionRequest request, ResourceType target, ApiObject? value, ApiObject? old) => new()
    {
        Kind = Kind(request.KindAs(target)),
        Resource = Resource(target.Info),
        SubResource = request.Subresource,
        RequestKind = Kind(request.KindAs(request.Type)),
        RequestResource = Resource(request.Type.Info),
        RequestSubResource = request.Subresource,
        Name = request.EffectiveName,
        Namespace = request.EffectiveNamespace,
        Operation = RuleMatch.OperationName(request.Operation),
        UserInfo = request.User.ToApi(),
        Object = Json(value),
        OldObject = Json(old),
        DryRun = request.DryRun,
        Options = request.Options,
    };

    private static RawJson Json(ApiObject? value) => value is null ? RawJson.Null : RawJson.FromCompact(JsonEncoding.Encode(value));

    private static Reviews.ReviewedKind Kind(GroupVersionKind kind) => new() { Group = kind.Group, Version = kind.Version, Kind = kind.Kind };

    private static Reviews.ReviewedResource Resource(ResourceInfo info) => new() { Group = info.Group, Version = info.Version, Resource = info.Resource };
}
