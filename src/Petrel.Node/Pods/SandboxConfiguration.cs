using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>What the runtime is told about a pod: names, name resolution, cgroup, namespaces, ports.</summary>
public static class SandboxConfiguration
{
    /// <param name="attempt">0 for a pod's first sandbox.</param>
    /// <param name="resolver">Text of the node's resolv.conf.</param>
    public static Cri.PodSandboxConfig Of(Pod pod, uint attempt, NodeOptions options, string resolver)
    {
        var configuration = new Cri.PodSandboxConfig
        {
            Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid, Attempt = attempt },
            // A pod in the node's UTS namespace cannot have a name of its own.
            Hostname = pod.Spec.HostNetwork ? "" : PodNames.Of(pod, options).KernelName(pod.Spec.SetHostnameAsFQDN == true),
            LogDirectory = LogDirectory(pod, options),
            DnsConfig = ResolverSettings.Of(pod, options, resolver),
            Linux = new()
            {
                CgroupParent = ContainerLimits.PodCgroup(options.CgroupRoot, pod.Status.QosClass, pod.Metadata.Uid),
                SecurityContext = SecuritySettings.OfSandbox(pod),
            },
        };
        foreach (var (key, value) in pod.Metadata.Labels)
        {
            configuration.Labels[key] = value;
        }

        configuration.Labels[RuntimeLabels.PodName] = pod.Metadata.Name;
        configuration.Labels[RuntimeLabels.PodNamespace] = pod.Metadata.Namespace;
        configuration.Labels[RuntimeLabels.PodUid] = pod.Metadata.Uid;
        foreach (var (key, value) in pod.Metadata.Annotations)
        {
            configuration.Annotations[key] = value;
        }

        foreach (var sysctl in pod.Spec.SecurityContext?.Sysctls ?? default)
        {
            configuration.Linux.Sysctls[sysctl.Name] = sysctl.Value;
        }

        configuration.PortMappings.AddRange(pod.Spec.InitContainers.Where(static each => each.IsSidecar).Concat(pod.Spec.Containers).SelectMany(static container => container.Ports).Select(Port));
        return configuration;
    }

    /// <summary>NAMESPACE_NAME_UID, which log collectors parse.</summary>
    public static string LogDirectory(Pod pod, NodeOptions options) =>
        Path.Combine(options.LogDirectory, $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{pod.Metadata.Uid}");

    private static Cri.PortMapping Port(ContainerPort port) => new()
    {
        ContainerPort = port.Port,
        HostPort = port.HostPort,
        HostIp = port.HostIP,
        Protocol = port.Protocol switch { "UDP" => Cri.Protocol.Udp, "SCTP" => Cri.Protocol.Sctp, _ => Cri.Protocol.Tcp },
    };
}
