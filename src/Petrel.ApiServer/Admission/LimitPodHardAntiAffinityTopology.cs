using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>Pods may keep others off their node, but not off a whole zone.</summary>
internal sealed class LimitPodHardAntiAffinityTopology : IValidatingAdmission
{
    private const string Hostname = "kubernetes.io/hostname";

    public string Name => "LimitPodHardAntiAffinityTopology";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is<Pod>() && request.Object is Pod { Spec.Affinity.PodAntiAffinity: { } apart }
            && apart.RequiredDuringSchedulingIgnoredDuringExecution.FirstOrDefault(static term => term.TopologyKey != Hostname) is { } wide)
        {
            throw request.Refusal($"affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey {wide.TopologyKey} but only key {Hostname} is allowed");
        }

        return default;
    }
}
