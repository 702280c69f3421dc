using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.RuntimeClasses;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Gives a pod what its runtime class says: what the runtime costs (KEP-688), and which nodes have it. A pod may not say
/// anything else itself.
/// </summary>
internal sealed class RuntimeClassAdmission(ObjectIndex<RuntimeClass> classes, Func<ResourceEndpoint> stored) : IMutatingAdmission, IValidatingAdmission
{
    public string Name => "RuntimeClass";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Pod>() || request.Object is not Pod pod || await ClassOfAsync(request, pod, cancellationToken) is not { } found)
        {
            return;
        }

        var spec = pod.Spec;
        if (found.Overhead is { } overhead)
        {
            if (!spec.Overhead.IsEmpty && spec.Overhead != overhead.PodFixed)
            {
                throw Mismatch(request);
            }

            spec = spec with { Overhead = overhead.PodFixed };
        }

        if (found.Scheduling is { } scheduling)
        {
            spec = spec with { NodeSelector = WithSelector(request, spec.NodeSelector, scheduling.NodeSelector), Tolerations = spec.Tolerations.MergedWith(scheduling.Tolerations) };
        }

        request.Object = pod with { Spec = spec };
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Pod>() || request.Object is not Pod pod)
        {
            return;
        }

        var found = await ClassOfAsync(request, pod, cancellationToken);
        if (found?.Overhead is { } overhead ? pod.Spec.Overhead != overhead.PodFixed : !pod.Spec.Overhead.IsNil)
        {
            throw found?.Overhead is null ? request.Refusal("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead") : Mismatch(request);
        }
    }

    private async ValueTask<RuntimeClass?> ClassOfAsync(AdmissionRequest request, Pod pod, CancellationToken cancellationToken) => pod.Spec.RuntimeClassName is { } name
        ? await classes.FindAsync(name, stored().Store, cancellationToken) ?? throw request.Refusal($"pod rejected: RuntimeClass \"{name}\" not found")
        : null;

    private static ApiMap<string> WithSelector(AdmissionRequest request, ApiMap<string> own, ApiMap<string> added)
    {
        foreach (var (key, value) in added)
        {
            if (own.TryGetValue(key, out var other) && other != value)
            {
                throw request.Refusal($"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {other}");
            }
        }

        return own.IsNil ? added : own.WithRange(added);
    }

    private static Exception Mismatch(AdmissionRequest request) => request.Refusal("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
}
