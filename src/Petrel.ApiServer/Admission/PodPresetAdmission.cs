using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Selectors;
using Petrel.Api.Settings;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Puts what the pod presets of a namespace say into the new pods that they select. Presets that contradict the pod or each other
/// leave it as it is.
/// </summary>
internal sealed class PodPresetAdmission(Func<ResourceEndpoint> presets) : IMutatingAdmission
{
    private const string AnnotationPrefix = "podpreset.admission.kubernetes.io";

    private const string ExcludeAnnotation = AnnotationPrefix + "/exclude";

    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public string Name => "PodPreset";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Pod>() || request.Object is not Pod pod
            || pod.Metadata.Annotations.ContainsKey(MirrorAnnotation) || pod.Metadata.Annotations.GetValueOrDefault(ExcludeAnnotation) == "true")
        {
            return;
        }

        var store = presets().Store;
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf(request.Namespace)), cancellationToken);
        var matching = found.Items.Select(item => (Preset: (PodPreset)store.Wrap(item).Decode(), Revision: item.ModRevision))
            .Where(entry => LabelSelectorExpression.From(entry.Preset.Spec.Selector).Matches(pod.Metadata.Labels))
            .ToList();
        if (matching.Count > 0 && TryApply(pod, [.. matching.Select(static entry => entry.Preset.Spec)]) is { } changed)
        {
            var annotations = changed.Metadata.Annotations;
            foreach (var (preset, revision) in matching)
            {
                annotations = annotations.With($"{AnnotationPrefix}/podpreset-{preset.Metadata.Name}", ResourceStore.Text(revision));
            }

            request.Object = changed with { Metadata = changed.Metadata with { Annotations = annotations } };
        }
    }

    /// <summary>Null when something contradicts.</summary>
    private static Pod? TryApply(Pod pod, IReadOnlyList<PodPresetSpec> specs)
    {
        if (Merge(pod.Spec.Volumes, specs.SelectMany(static spec => spec.Volumes), static volume => volume.Name) is not { } volumes)
        {
            return null;
        }

        var containers = pod.Spec.Containers.Select(container => TryApply(container, specs)).ToList();
        var initContainers = pod.Spec.InitContainers.Select(container => TryApply(container, specs)).ToList();
        return containers.Contains(null) || initContainers.Contains(null)
            ? null
            : pod with { Spec = pod.Spec with { Volumes = volumes, Containers = [.. containers.OfType<Container>()], InitContainers = [.. initContainers.OfType<Container>()] } };
    }

    private static Container? TryApply(Container container, IReadOnlyList<PodPresetSpec> specs) =>
        Merge(container.Env, specs.SelectMany(static spec => spec.Env), static variable => variable.Name) is { } env
        && Merge(container.VolumeMounts, specs.SelectMany(static spec => spec.VolumeMounts), static mount => mount.Name) is { } mounts
        && mounts.Select(static mount => mount.MountPath).Distinct(StringComparer.Ordinal).Count() == mounts.Count
            ? container with { Env = env, EnvFrom = [.. container.EnvFrom, .. specs.SelectMany(static spec => spec.EnvFrom)], VolumeMounts = mounts }
            : null;

    /// <summary>The list and what is not in it yet; null when two things of one name differ.</summary>
    private static ApiList<T>? Merge<T>(ApiList<T> list, IEnumerable<T> others, Func<T, string> name) where T : class
    {
        var known = list.GroupBy(name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Last(), StringComparer.Ordinal);
        var merged = list;
        foreach (var other in others)
        {
            if (!known.TryGetValue(name(other), out var same))
            {
                known[name(other)] = other;
                merged = merged.Add(other);
            }
            else if (!same.Equals(other))
            {
                return null;
            }
        }

        return merged;
    }
}
