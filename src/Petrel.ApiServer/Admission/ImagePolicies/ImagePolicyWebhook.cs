using System.Text;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.ImagePolicy;
using Petrel.Api.Json;
using Petrel.ApiServer.Webhooks;

namespace Petrel.ApiServer.Admission.ImagePolicies;

/// <summary>
/// Asks one webhook whether pods may have their images (kubernetes.io, "Admission Controllers: ImagePolicyWebhook"). Answers are
/// remembered for a while.
/// </summary>
internal sealed class ImagePolicyWebhook : IValidatingAdmission
{
    /// <summary>Annotations of pods that the webhook is told have this in their keys.</summary>
    private const string AnnotationMark = ".image-policy.k8s.io/";

    private const string AuditPrefix = "imagepolicywebhook.image-policy.k8s.io/";

    private const int AttemptsMax = 5;

    private const double BackoffFactor = 1.5;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ImagePolicySettings _settings;
    private readonly WebhookClient _client;
    private readonly RememberedAnswers _answers;
    private readonly TimeProvider _time;

    /// <exception cref="FormatException">There is no configuration, or it cannot be used.</exception>
    public ImagePolicyWebhook(AdmissionServices services)
    {
        _settings = ImagePolicySettings.Read(services.Configuration.Of(Name));
        _client = services.Webhooks.Clients.With(_settings.Credentials);
        _answers = new RememberedAnswers(services.Time);
        _time = services.Time;
    }

    public string Name => "ImagePolicyWebhook";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || request.Subresource is not ("" or "ephemeralcontainers") || request.Object is not Pod pod)
        {
            return;
        }

        var status = await AskAsync(request, Spec(request, pod), cancellationToken);
        if (status is { Allowed: false })
        {
            throw request.Refusal(status.Reason.Length > 0
                ? $"image policy webhook backend denied one or more images: {status.Reason}"
                : "one or more images rejected by webhook backend");
        }
    }

    private static ImageReviewSpec Spec(AdmissionRequest request, Pod pod)
    {
        var ephemeral = pod.Spec.EphemeralContainers.Select(static container => container.Image);
        var images = request.Subresource.Length > 0 ? ephemeral
            : pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(static container => container.Image).Concat(ephemeral);
        return new()
        {
            Containers = [.. images.Select(static image => new ImageReviewContainerSpec { Image = image })],
            Annotations = ApiMap.FromPairs(pod.Metadata.Annotations.Keys
                .Where(static key => key.Contains(AnnotationMark, StringComparison.Ordinal))
                .Select(key => KeyValuePair.Create(key, pod.Metadata.Annotations[key]))),
            Namespace = request.Namespace,
        };
    }

    /// <summary>Null when the webhook does not answer and pods are admitted then.</summary>
    private async ValueTask<ImageReviewStatus?> AskAsync(AdmissionRequest request, ImageReviewSpec spec, CancellationToken cancellationToken)
    {
        var key = Encoding.UTF8.GetString(JsonEncoding.Encode(spec));
        if (_answers.Find(key) is { } known)
        {
            return known;
        }

        try
        {
            var answer = await PostAsync(JsonEncoding.Encode(new ImageReview { Spec = spec }), cancellationToken);
            var problems = new DecodeProblems();
            var review = JsonDecoder.Decode<ImageReview>(answer.Span, problems);
            if (problems.TypeError is { } error)
            {
                throw new WebhookException(error, Responses.Statuses.InternalError(error));
            }

            foreach (var (name, value) in review.Status.AuditAnnotations)
            {
                request.Annotate(AuditPrefix + name, value);
            }

            _answers.Add(key, review.Status, review.Status.Allowed ? _settings.AllowedFor : _settings.DeniedFor);
            return review.Status;
        }
        catch (WebhookException failed)
        {
            if (!_settings.AllowsByDefault)
            {
                throw request.Refusal(failed.Message);
            }

            request.Annotate(AuditPrefix + "failed-open", "true");
            return null;
        }
        catch (System.Text.Json.JsonException malformed)
        {
            throw request.Refusal(malformed.Message);
        }
    }

    private async Task<ReadOnlyMemory<byte>> PostAsync(ReadOnlyMemory<byte> question, CancellationToken cancellationToken)
    {
        var delay = _settings.RetryDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _client.PostAsync(_settings.Address, question, Timeout, cancellationToken);
            }
            catch (WebhookException failed) when (attempt < AttemptsMax && failed.Status.Reason is "InternalError" or "Timeout" or "TooManyRequests")
            {
                await Task.Delay(delay, _time, cancellationToken);
                delay *= BackoffFactor;
            }
        }
    }
}
