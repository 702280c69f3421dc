using Petrel.Api.Core;
using Petrel.Node.Runtime;

namespace Petrel.Node.Pods;

/// <summary>A stand-in for a pod that the API does not have (any more) and of which something is left on the node.</summary>
internal static class OrphanPod
{
    public static Pod From(string uid, RuntimePod seen)
    {
        var labels = seen.Sandboxes.Select(static each => each.Labels).Concat(seen.Containers.Select(static each => each.Status.Labels)).FirstOrDefault();
        return new Pod
        {
            Metadata = new()
            {
                Uid = uid,
                Name = labels?.GetValueOrDefault(RuntimeLabels.PodName) ?? uid,
                Namespace = labels?.GetValueOrDefault(RuntimeLabels.PodNamespace) ?? "",
            },
        };
    }
}
