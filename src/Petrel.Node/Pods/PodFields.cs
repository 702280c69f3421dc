using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>Values of a pod's own fields for its variables and downward API files (API field ObjectFieldSelector.fieldPath).</summary>
public static class PodFields
{
    /// <summary>Null for a path that no field has.</summary>
    /// <param name="pod">With the addresses it has by now in its status.</param>
    public static string? Find(Pod pod, string path) => path switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.Namespace,
        "metadata.uid" => pod.Metadata.Uid,
        "metadata.labels" => Lines(pod.Metadata.Labels),
        "metadata.annotations" => Lines(pod.Metadata.Annotations),
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
        "status.hostIP" => pod.Status.HostIP,
        "status.hostIPs" => string.Join(',', pod.Status.HostIPs.Select(static each => each.Ip)),
        "status.podIP" => pod.Status.PodIP,
        "status.podIPs" => string.Join(',', pod.Status.PodIPs.Select(static each => each.Ip)),
        _ => Subscript(path, "metadata.labels", pod.Metadata.Labels) ?? Subscript(path, "metadata.annotations", pod.Metadata.Annotations),
    };

    private static string? Subscript(string path, string map, ApiMap<string> entries) =>
        path.StartsWith(map + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal)
            ? entries.GetValueOrDefault(path[(map.Length + 2)..^2]) ?? ""
            : null;

    private static string Lines(ApiMap<string> entries) =>
        string.Join('\n', entries.Select(static entry => $"{entry.Key}={GoText.Quote(entry.Value)}"));
}
