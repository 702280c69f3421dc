using Petrel.Api.Core;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Resolves a pod's priorityClassName to its number. Of the classes only the two built-in ones exist until PriorityClass is
/// served.
/// </summary>
internal sealed class PriorityAdmission : IMutatingAdmission
{
    private const int ClusterCritical = 2_000_000_000;
    private const int NodeCritical = 2_000_001_000;

    /// <summary>The policy of every class there is.</summary>
    private const string Preempting = "PreemptLowerPriority";

    public string Name => "Priority";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Pod>() || request.Object is not Pod pod)
        {
            return default;
        }

        var priority = pod.Spec.PriorityClassName switch
        {
            "" => 0,
            "system-cluster-critical" => ClusterCritical,
            "system-node-critical" => NodeCritical,
            var unknown => throw new StatusException(Statuses.Forbidden(
                Pod.Info.GroupResource, pod.Metadata.Name, $"no PriorityClass with name {unknown} was found")),
        };
        if (pod.Spec.Priority is { } given && given != priority)
        {
            throw new StatusException(Statuses.Forbidden(
                Pod.Info.GroupResource,
                pod.Metadata.Name,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name"));
        }

        if (pod.Spec.PreemptionPolicy is { } policy && policy != Preempting)
        {
            throw new StatusException(Statuses.Forbidden(
                Pod.Info.GroupResource,
                pod.Metadata.Name,
                $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {Preempting} from the given PriorityClass name"));
        }

        request.Object = pod with { Spec = pod.Spec with { Priority = priority, PreemptionPolicy = Preempting } };
        return default;
    }
}
