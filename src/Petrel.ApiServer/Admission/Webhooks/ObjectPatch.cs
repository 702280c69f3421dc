using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Patch;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Reviews = Petrel.Api.Admission;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Carries out the patch that a webhook answered with.</summary>
internal static class ObjectPatch
{
    /// <summary>Replaces the object of the request by the patched one; says whether it became another one.</summary>
    /// <exception cref="StatusException">500: the patch cannot be applied.</exception>
    /// <exception cref="ConversionException">The object cannot be had in the version that the webhook sees, or not be had back.</exception>
    /// <exception cref="WebhookCallException">The patch has a format that does not exist.</exception>
    public static async ValueTask<bool> ApplyAsync(
        RegisteredWebhook webhook, AdmissionRequest request, ResourceType target, Reviews.AdmissionResponse response, CancellationToken cancellationToken)
    {
        if (response.Patch.Span.IsEmpty || IsEmptyList(response.Patch))
        {
            return false;
        }

        if (request.Object is not { } before || request.Operation == AdmissionOperation.Connect)
        {
            throw new StatusException(Statuses.InternalError(
                $"admission webhook {Api.Validation.GoSyntax.Quote(webhook.Name)} attempted to modify the object, which is not supported for this operation"));
        }

        if (response.PatchType != "JSONPatch")
        {
            throw new WebhookCallException(webhook.Name, $"unsupported patch type {Api.Validation.GoSyntax.Quote(response.PatchType ?? "")}", WebhookAnswer.Denial(webhook.Name, response.Status));
        }

        var shown = (await ObjectVersions.ConvertAsync(before, request.Type, target, cancellationToken))!;
        var outcome = JsonPatch.Apply((JsonMap)JsonTree.Parse(JsonEncoding.Encode(shown)), response.Patch.Span);
        if (!outcome.IsPatched)
        {
            throw new StatusException(Statuses.InternalError(outcome.Detail.Length > 0 ? outcome.Detail : outcome.Failure.Message));
        }

        var patched = ResourceEndpoint.WithDefaults(Decode(request, target, shown, outcome.Result.ToUtf8()));
        request.Object = await ObjectVersions.ConvertAsync(patched, target, request.Type, cancellationToken);
        return !patched.Equals(shown);
    }

    // Nothing to do, whatever there is to do it to.
    private static bool IsEmptyList(Binary patch) => JsonTree.TryParse(patch.Span, out var tree, out _) && tree is JsonList { Count: 0 } or JsonNull;

    private static ApiObject Decode(AdmissionRequest request, ResourceType target, ApiObject before, byte[] json)
    {
        var problems = new DecodeProblems();
        try
        {
            var value = before.GetType() == target.ClrType ? target.Decode(json, problems)
                : request.DecodeBody is { } decode ? decode(json, problems)
                : throw new InvalidOperationException($"no way to decode a {before.GroupVersionKind.Kind} of {target.Info.Resource}/{request.Subresource}");
            return problems.TypeError is null ? value : throw new StatusException(Statuses.InternalError(problems.TypeError));
        }
        catch (JsonException bad)
        {
            throw new StatusException(Statuses.InternalError(bad.Message));
        }
    }
}
