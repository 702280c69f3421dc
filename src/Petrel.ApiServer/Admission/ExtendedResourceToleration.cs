using Petrel.Api.Core;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Admission;

/// <summary>Lets pods that ask for a device onto the nodes that are kept for those who need that device.</summary>
internal sealed class ExtendedResourceToleration : IMutatingAdmission
{
    public string Name => "ExtendedResourceToleration";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || !request.Is<Pod>() || request.Object is not Pod pod)
        {
            return default;
        }

        var missing = pod.Spec.Containers.Concat(pod.Spec.InitContainers)
            .SelectMany(static container => container.Resources.Requests.Keys)
            .Where(ResourceNames.IsExtended)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(static name => new Toleration { Key = name, Operator = "Exists", Effect = "NoSchedule" })
            .Where(toleration => !pod.Spec.Tolerations.Contains(toleration))
            .ToList();
        if (missing.Count > 0)
        {
            request.Object = pod with { Spec = pod.Spec with { Tolerations = pod.Spec.Tolerations.AddRange(missing) } };
        }

        return default;
    }
}
