using Petrel.Api.Core;
using Petrel.Api.Scheduling;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Resolves a pod's priorityClassName to its number and preemption policy (kubernetes.io, "Pod Priority and Preemption"),
/// and sees to it that one class at most is the default.
/// </summary>
internal sealed class PriorityAdmission(ObjectIndex<PriorityClass> classes, Func<ResourceEndpoint> stored) : IMutatingAdmission, IValidatingAdmission
{
    /// <summary>What pods are without a class, when none is the default.</summary>
    private static readonly PriorityClass Unnamed = new() { Value = 0, PreemptionPolicy = PriorityClass.PreemptLowerPriority };

    public string Name => "Priority";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Is<Pod>() && request.Object is Pod pod)
        {
            switch (request.Operation)
            {
                case AdmissionOperation.Create:
                    return ResolveAsync(request, pod, cancellationToken);
                case AdmissionOperation.Update when request.OldObject is Pod old:
                    // An update need not repeat what was filled in.
                    request.Object = pod with { Spec = pod.Spec with { Priority = pod.Spec.Priority ?? old.Spec.Priority, PreemptionPolicy = pod.Spec.PreemptionPolicy ?? old.Spec.PreemptionPolicy } };
                    break;
            }
        }

        return default;
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is<PriorityClass>() && request.Object is PriorityClass { GlobalDefault: true } wanted
            && Default() is { } other && (request.Operation == AdmissionOperation.Create || other.Metadata.Name != wanted.Metadata.Name))
        {
            throw request.Refusal($"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist");
        }

        return default;
    }

    private async ValueTask ResolveAsync(AdmissionRequest request, Pod pod, CancellationToken cancellationToken)
    {
        var name = pod.Spec.PriorityClassName;
        var found = name.Length == 0 ? Default() ?? Unnamed : await classes.FindAsync(name, stored().Store, cancellationToken)
            ?? throw request.Refusal($"no PriorityClass with name {name} was found");
        if (pod.Spec.Priority is { } given && given != found.Value)
        {
            throw request.Refusal(
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {found.Value} from the given PriorityClass name");
        }

        if (found.PreemptionPolicy is { } computed && pod.Spec.PreemptionPolicy is { } policy && policy != computed)
        {
            throw request.Refusal(
                $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {computed} from the given PriorityClass name");
        }

        request.Object = pod with
        {
            Spec = pod.Spec with { PriorityClassName = found.Metadata.Name, Priority = found.Value, PreemptionPolicy = found.PreemptionPolicy ?? pod.Spec.PreemptionPolicy },
        };
    }

    // Two that were made at the same moment can both be the default: the least important is meant.
    private PriorityClass? Default() => classes.All.Where(static candidate => candidate.GlobalDefault).MinBy(static candidate => candidate.Value);
}
