using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>A new node takes no pods before its conditions have been looked at.</summary>
internal sealed class TaintNodesByCondition : IMutatingAdmission
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    public string Name => "TaintNodesByCondition";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is<Node>() && request.Object is Node node
            && !node.Spec.Taints.Any(taint => taint.Key == NotReady && taint.Effect == "NoSchedule"))
        {
            request.Object = node with { Spec = node.Spec with { Taints = [.. node.Spec.Taints, new Taint { Key = NotReady, Effect = "NoSchedule" }] } };
        }

        return default;
    }
}
