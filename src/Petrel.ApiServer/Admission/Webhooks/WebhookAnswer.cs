using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Reviews = Petrel.Api.Admission;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Reads what a webhook answered and checks that it is an answer to what was asked.</summary>
internal static class WebhookAnswer
{
    private const string KindName = "AdmissionReview";
    private const string Version1 = "admission.k8s.io/v1";

    /// <param name="isMutating">The answer may have a patch.</param>
    /// <exception cref="WebhookCallException">It is no such answer.</exception>
    public static Reviews.AdmissionResponse Read(string webhook, ReadOnlyMemory<byte> json, string uid, string apiVersion, bool isMutating)
    {
        var (review, kind) = Decode(webhook, json);
        if (review.Response is not { } response)
        {
            throw Wrong(webhook, "webhook response was absent");
        }

        // The older version never checked these.
        if (apiVersion != Version1)
        {
            return isMutating && response.Patch.Span.Length > 0 ? response with { PatchType = "JSONPatch" } : response with { Patch = default, PatchType = null };
        }

        if (response.Uid != uid)
        {
            throw Wrong(webhook, $"expected response.uid={Quote(uid)}, got {Quote(response.Uid)}");
        }

        if (kind.ApiVersion != Version1 || kind.Kind != KindName)
        {
            throw Wrong(webhook, $"expected webhook response of {Version1}, Kind={KindName}, got {Text(kind)}");
        }

        return isMutating ? CheckPatch(webhook, response)
            : response.Patch.Span.Length > 0 ? throw Wrong(webhook, "validating webhook may not return response.patch")
            : response.PatchType is not null ? throw Wrong(webhook, "validating webhook may not return response.patchType")
            : response;
    }

    /// <summary>The error for a request that the webhook refused, with what it said about it.</summary>
    public static Status Denial(string webhook, Status? said)
    {
        var status = said ?? new Status();
        var denied = $"admission webhook {Quote(webhook)} denied the request";
        return status with
        {
            Code = Math.Max(status.Code, 400),
            StatusValue = status.StatusValue is "" or "Success" ? "Failure" : status.StatusValue,
            Message = status.Message.Length > 0 ? $"{denied}: {status.Message}"
                : status.Reason.Length > 0 ? $"{denied}: {status.Reason}"
                : $"{denied} without explanation",
        };
    }

    private static (Reviews.AdmissionReview Review, GroupVersionKind Kind) Decode(string webhook, ReadOnlyMemory<byte> json)
    {
        WebhookCallException Undecodable(string problem) => new(webhook, "failed to call webhook: " + problem, Statuses.ServiceUnavailable("error calling webhook"));
        try
        {
            var kind = TypeMetaReader.Read(json.Span, static problem => new StatusException(Statuses.BadRequest(problem)));
            if (kind.Kind is not ("" or KindName) || kind.ApiVersion is not ("" or Version1 or "admission.k8s.io/v1beta1"))
            {
                throw Undecodable($"no kind {Quote(kind.Kind)} is registered for version {Quote(kind.ApiVersion)} in scheme \"k8s.io/apiserver/pkg/admission/plugin/webhook/generic/webhook.go:53\"");
            }

            var problems = new DecodeProblems();
            var review = JsonDecoder.Decode<Reviews.AdmissionReview>(json.Span, problems);
            return problems.TypeError is { } mistyped ? throw Undecodable(mistyped) : (review, kind);
        }
        catch (StatusException unreadable)
        {
            throw Undecodable(unreadable.Status.Message);
        }
        catch (JsonException bad)
        {
            throw Undecodable(GoJsonError.Describe(bad, json.Span));
        }
    }

    private static Reviews.AdmissionResponse CheckPatch(string webhook, Reviews.AdmissionResponse response) =>
        response.Patch.Span.Length > 0 && response.PatchType is null ? throw Wrong(webhook, "webhook returned response.patch but not response.patchType")
        : response.Patch.Span.Length == 0 && response.PatchType is not null ? throw Wrong(webhook, "webhook returned response.patchType but not response.patch")
        : response.PatchType is "" ? throw Wrong(webhook, "webhook returned invalid response.patchType of \"\"")
        : response;

    private static WebhookCallException Wrong(string webhook, string problem) =>
        new(webhook, "received invalid webhook response: " + problem, Statuses.ServiceUnavailable("error validating webhook response"));

    private static string Quote(string text) => Api.Validation.GoSyntax.Quote(text);

    private static string Text(GroupVersionKind kind) => $"{kind.Group}/{kind.Version}, Kind={kind.Kind}";
}
