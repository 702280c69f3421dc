using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Gives the pods of a namespace its default tolerations, and refuses those it does not allow: both from annotations of the
/// namespace, or else from the configuration.
/// </summary>
internal sealed class PodTolerationRestriction : IMutatingAdmission, IValidatingAdmission
{
    private const string DefaultAnnotation = "scheduler.alpha.kubernetes.io/defaultTolerations";
    private const string AllowedAnnotation = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";

    // Pods with a claim on memory stay where memory is short: others are evicted first.
    private static readonly Toleration MemoryPressure = new() { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = "NoSchedule" };

    private readonly Func<ResourceEndpoint> _namespaces;
    private readonly ApiList<Toleration> _defaults;
    private readonly ApiList<Toleration> _allowed;

    /// <exception cref="FormatException">The configuration is not one of this plugin.</exception>
    public PodTolerationRestriction(AdmissionServices services)
    {
        _namespaces = services.Of<Namespace>();
        if (services.Configuration.Of(Name) is { } root)
        {
            AdmissionConfiguration.RequireKind(root, "Configuration", ["podtolerationrestriction.admission.k8s.io/v1alpha1"]);
            _defaults = Configured(root, "default");
            _allowed = Configured(root, "whitelist");
        }
    }

    public string Name => "PodTolerationRestriction";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsConcerned(request) || request.Object is not Pod pod)
        {
            return;
        }

        var added = request.Operation == AdmissionOperation.Create ? await OfNamespaceAsync(request, DefaultAnnotation, _defaults, cancellationToken) : default;
        if (QualityOfService.ClassOf(pod.Spec) != "BestEffort")
        {
            added = added.Add(MemoryPressure);
        }

        if (!added.IsEmpty)
        {
            request.Object = pod with { Spec = pod.Spec with { Tolerations = added.MergedWith(pod.Spec.Tolerations) } };
        }

        await ValidateAsync(request, cancellationToken);
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (IsConcerned(request) && request.Object is Pod { Spec.Tolerations: { IsEmpty: false } tolerations }
            && !tolerations.AreAllowedBy(await OfNamespaceAsync(request, AllowedAnnotation, _allowed, cancellationToken)))
        {
            throw new StatusException(Statuses.Unknown(500, "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist"));
        }
    }

    private static bool IsConcerned(AdmissionRequest request) => request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is<Pod>();

    private async ValueTask<ApiList<Toleration>> OfNamespaceAsync(AdmissionRequest request, string annotation, ApiList<Toleration> standard, CancellationToken cancellationToken)
    {
        var annotations = await NamespaceAnnotations.OfAsync(request, _namespaces, cancellationToken);
        if (!annotations.TryGetValue(annotation, out var text))
        {
            return standard;
        }

        try
        {
            return text.Length == 0 ? [] : Decode(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException bad)
        {
            throw new StatusException(Statuses.Unknown(500, GoJsonError.Describe(bad, Encoding.UTF8.GetBytes(text))));
        }
    }

    private static ApiList<Toleration> Configured(JsonElement root, string field) =>
        root.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? Decode(Encoding.UTF8.GetBytes(list.GetRawText())) : default;

    private static ApiList<Toleration> Decode(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(static item => JsonDecoder.Decode<Toleration>(Encoding.UTF8.GetBytes(item.GetRawText()), new DecodeProblems()))];
    }
}
