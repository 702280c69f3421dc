using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>Lets pods stay five minutes on a node that is not ready or unreachable, unless they say otherwise themselves.</summary>
internal sealed class DefaultTolerationSeconds : IMutatingAdmission
{
    private const long Seconds = 300;

    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public string Name => "DefaultTolerationSeconds";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || !request.Is<Pod>() || request.Object is not Pod pod)
        {
            return default;
        }

        var missing = Taints.Where(taint => !pod.Spec.Tolerations.Any(toleration => Tolerates(toleration, taint)))
            .Select(taint => new Toleration { Key = taint, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = Seconds })
            .ToList();
        if (missing.Count > 0)
        {
            request.Object = pod with { Spec = pod.Spec with { Tolerations = [.. pod.Spec.Tolerations, .. missing] } };
        }

        return default;
    }

    private static bool Tolerates(Toleration toleration, string taint) =>
        (toleration.Key == taint || toleration.Key.Length == 0) && toleration.Effect is "NoExecute" or "";
}
