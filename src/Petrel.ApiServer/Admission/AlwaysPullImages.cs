using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>Makes nodes ask the registry for every image, so that nobody runs a private image just because the node has it.</summary>
internal sealed class AlwaysPullImages : IMutatingAdmission
{
    private const string Always = "Always";

    public string Name => "AlwaysPullImages";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || !request.Is<Pod>() || request.Object is not Pod pod
            || (request.OldObject is Pod old && Images(pod).All(Images(old).Contains)))
        {
            return default;
        }

        request.Object = pod with
        {
            Spec = pod.Spec with
            {
                Containers = pod.Spec.Containers.ConvertAll(static container => container with { ImagePullPolicy = Always }),
                InitContainers = pod.Spec.InitContainers.ConvertAll(static container => container with { ImagePullPolicy = Always }),
                EphemeralContainers = pod.Spec.EphemeralContainers.ConvertAll(static container => container with { ImagePullPolicy = Always }),
            },
        };
        return default;
    }

    private static HashSet<string> Images(Pod pod) => pod.Spec.Containers.Select(static container => container.Image)
        .Concat(pod.Spec.InitContainers.Select(static container => container.Image))
        .Concat(pod.Spec.EphemeralContainers.Select(static container => container.Image))
        .ToHashSet(StringComparer.Ordinal);
}
