using Petrel.Api.Core;
using Petrel.Node.Agent;

namespace Petrel.Node.Pods;

/// <summary>What a pod is called inside itself (API fields hostname, subdomain, setHostnameAsFQDN).</summary>
public readonly record struct PodNames(string Hostname, string FullName)
{
    // Linux's HOST_NAME_MAX less one, as upstream cuts names.
    private const int HostnameMax = 63;

    /// <summary>The name the kernel is given.</summary>
    public string KernelName(bool full) => full && FullName.Length > 0 ? FullName : Hostname;

    public static PodNames Of(Pod pod, NodeOptions options)
    {
        var hostname = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : Cut(pod.Metadata.Name);
        return new(
            hostname,
            pod.Spec.Subdomain.Length > 0 ? $"{hostname}.{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{options.ClusterDomain}" : "");
    }

    private static string Cut(string name) => name.Length <= HostnameMax ? name : name[..HostnameMax].TrimEnd('-', '.');
}
