using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Confines the pods of a namespace to nodes with labels: those of an annotation of the namespace, or the cluster's default
/// ones. What a pod asks for besides must be among the labels that the configuration allows the namespace.
/// </summary>
internal sealed class PodNodeSelector : IMutatingAdmission, IValidatingAdmission
{
    private const string Annotation = "scheduler.alpha.kubernetes.io/node-selector";
    private const string ClusterDefault = "clusterDefaultNodeSelector";

    private readonly Func<ResourceEndpoint> _namespaces;
    private readonly Dictionary<string, ApiMap<string>> _selectors;

    /// <exception cref="FormatException">The configuration has a selector that cannot be read.</exception>
    public PodNodeSelector(AdmissionServices services)
    {
        _namespaces = services.Of<Namespace>();
        _selectors = services.Configuration.Of(Name) is { } root && root.TryGetProperty("podNodeSelectorPluginConfig", out var selectors) && selectors.ValueKind == JsonValueKind.Object
            ? selectors.EnumerateObject().ToDictionary(static entry => entry.Name, static entry => Parse(entry.Value.GetString() ?? ""), StringComparer.Ordinal)
            : [];
    }

    public string Name => "PodNodeSelector";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is<Pod>() && request.Object is Pod pod)
        {
            var wanted = await OfNamespaceAsync(request, cancellationToken);
            Check(request, pod, wanted);
            request.Object = pod with { Spec = pod.Spec with { NodeSelector = wanted.IsEmpty ? pod.Spec.NodeSelector : wanted.WithRange(pod.Spec.NodeSelector) } };
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is<Pod>() && request.Object is Pod pod)
        {
            Check(request, pod, await OfNamespaceAsync(request, cancellationToken));
            if (_selectors.TryGetValue(request.Namespace, out var allowed) && !allowed.IsEmpty
                && !pod.Spec.NodeSelector.All(label => allowed.TryGetValue(label.Key, out var value) && value == label.Value))
            {
                throw request.Refusal("pod node label selector labels conflict with its namespace whitelist");
            }
        }
    }

    private static void Check(AdmissionRequest request, Pod pod, ApiMap<string> wanted)
    {
        if (wanted.Any(label => pod.Spec.NodeSelector.TryGetValue(label.Key, out var other) && other != label.Value))
        {
            throw request.Refusal("pod node label selector conflicts with its namespace node label selector");
        }
    }

    private async ValueTask<ApiMap<string>> OfNamespaceAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var annotations = await NamespaceAnnotations.OfAsync(request, _namespaces, cancellationToken);
        if (!annotations.TryGetValue(Annotation, out var text))
        {
            return _selectors.GetValueOrDefault(ClusterDefault);
        }

        try
        {
            return Parse(text);
        }
        catch (FormatException bad)
        {
            throw new StatusException(Statuses.Unknown(500, bad.Message));
        }
    }

    // Only the form "a=b,c=d".
    private static ApiMap<string> Parse(string text) => text.Length == 0
        ? default
        : ApiMap.FromPairs(text.Split(',').Select(static label => label.Split('=') is [var key, var value]
            ? KeyValuePair.Create(key.Trim(), value.Trim())
            : throw new FormatException($"invalid selector: [{label}]")));
}
