using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>Holds the pods of a namespace to the level of the Pod Security Standards that its labels name (kubernetes.io, "Pod Security Admission").</summary>
internal sealed class PodSecurityAdmission : IValidatingAdmission
{
    private const string AuditPrefix = "pod-security.kubernetes.io/";

    // These carry no spec that could get worse.
    private static readonly string[] IgnoredSubresources = ["exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status", "resize"];

    private readonly Func<Registry.ResourceEndpoint> _namespaces;
    private readonly PodSecuritySettings _settings;
    private readonly ExistingPods _pods;
    private readonly PodSecurityMetrics _metrics;

    public PodSecurityAdmission(AdmissionServices services)
    {
        _namespaces = services.Of<Namespace>();
        _settings = PodSecuritySettings.Read(services.Configuration.Of(Name));
        _pods = new ExistingPods(services.Of<Pod>(), _settings);
        _metrics = new PodSecurityMetrics(services.Metrics, services.KubernetesMinor);
    }

    public string Name => "PodSecurity";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || request.Object is not { } value)
        {
            return default;
        }

        if (value is Namespace { } changed)
        {
            return request.Subresource.Length == 0 ? ValidateNamespaceAsync(request, changed, cancellationToken) : default;
        }

        if (value is Pod pod)
        {
            var isSignificant = !IgnoredSubresources.Contains(request.Subresource) && (request.OldObject is not Pod old || IsSignificant(pod, old));
            return isSignificant ? ValidatePodAsync(request, new CheckedPod(pod.Metadata, pod.Spec), enforce: true, cancellationToken) : default;
        }

        return request.Subresource.Length == 0 && PodTemplates.Of(value) is { } template
            ? ValidatePodAsync(request, new CheckedPod(template.Metadata, template.Spec), enforce: false, cancellationToken)
            : default;
    }

    private string? ExemptionOf(AdmissionRequest request, CheckedPod pod) => _settings.ExemptNamespaces.Contains(request.Namespace) ? "namespace"
        : _settings.ExemptUsers.Contains(request.User.Name) ? "user"
        : pod.Spec.RuntimeClassName is { } runtime && _settings.ExemptRuntimeClasses.Contains(runtime) ? "runtimeClass"
        : null;

    private async ValueTask ValidatePodAsync(AdmissionRequest request, CheckedPod pod, bool enforce, CancellationToken cancellationToken)
    {
        if (ExemptionOf(request, pod) is { } exemption)
        {
            _metrics.Exempt(request);
            request.Annotate(AuditPrefix + "exempt", exemption);
            return;
        }

        var stored = await _namespaces().Store.GetAsync("", request.Namespace, cancellationToken);
        var policy = NamespacePolicy.Of(stored.Decode().Metadata.Labels, _settings.Defaults, new FieldErrors());
        var failures = enforce ? PodEvaluation.Failures(pod, policy.Enforce) : [];
        if (enforce)
        {
            request.Annotate(AuditPrefix + "enforce-policy", policy.Enforce.ToString());
            _metrics.Evaluated(request, "enforce", policy.Enforce, isKept: failures.Count == 0);
        }

        if (PodEvaluation.Failures(pod, policy.Audit) is { Count: > 0 } noted)
        {
            request.Annotate(AuditPrefix + "audit-violations", $"would violate PodSecurity \"{policy.Audit}\": {string.Join(", ", noted)}");
            _metrics.Evaluated(request, "audit", policy.Audit, isKept: false);
        }

        if (failures.Count > 0)
        {
            throw request.Refusal($"violates PodSecurity \"{policy.Enforce}\": {string.Join(", ", failures)}");
        }

        if (PodEvaluation.Failures(pod, policy.Warn) is { Count: > 0 } warnings)
        {
            _metrics.Evaluated(request, "warn", policy.Warn, isKept: false);
            request.Warn($"would violate PodSecurity \"{policy.Warn}\": {string.Join(", ", warnings)}");
        }
    }

    private async ValueTask ValidateNamespaceAsync(AdmissionRequest request, Namespace value, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var policy = NamespacePolicy.Of(value.Metadata.Labels, _settings.Defaults, errors);
        var oldErrors = new FieldErrors();
        var oldPolicy = request.OldObject is { } old ? NamespacePolicy.Of(old.Metadata.Labels, _settings.Defaults, oldErrors) : null;

        // Labels that were wrong before this plugin saw them do not keep a namespace from being changed.
        if (errors.Count > 0 && (oldPolicy is null || !errors.Errors.SequenceEqual(oldErrors.Errors)))
        {
            throw new StatusException(Statuses.Invalid("", Namespace.Info.Kind, value.Metadata.Name, errors));
        }

        var isTightened = oldPolicy is not null && policy.Enforce != oldPolicy.Enforce && policy.Enforce.Level != SecurityLevel.Privileged
            && (policy.Enforce.Minor != oldPolicy.Enforce.Minor || policy.Enforce.Level > oldPolicy.Enforce.Level);
        if (_settings.ExemptNamespaces.Contains(value.Metadata.Name))
        {
            if ((oldPolicy is null || isTightened) && !policy.IsPrivileged && policy != _settings.Defaults)
            {
                request.Warn($"namespace \"{value.Metadata.Name}\" is exempt from Pod Security, and the policy ({policy.LabelledText(value.Metadata.Labels)}) will be ignored");
            }
        }
        else if (isTightened)
        {
            foreach (var warning in await _pods.WarningsAsync(value.Metadata.Name, policy.Enforce, cancellationToken))
            {
                request.Warn(warning);
            }
        }
    }

    // Of what can change in a pod, only containers and their images matter to the controls.
    private static bool IsSignificant(Pod pod, Pod old)
    {
        static IEnumerable<(string Name, string Image)> Images(Pod pod) => pod.Spec.Containers.Select(static container => (container.Name, container.Image))
            .Concat(pod.Spec.InitContainers.Select(static container => (container.Name, container.Image)))
            .Concat(pod.Spec.EphemeralContainers.Select(static container => (container.Name, container.Image)));
        return !Images(pod).SequenceEqual(Images(old));
    }
}
