using Petrel.Api.Core;

namespace Petrel.Scheduler.Nodes;

/// <summary>A port of the node that a pod wants for itself.</summary>
/// <param name="Address">Address of the node; empty for all.</param>
internal readonly record struct HostPort(string Address, string Protocol, int Port)
{
    public static HostPort[] Of(Pod pod)
    {
        List<HostPort>? ports = null;
        Add(pod.Spec.Containers, sidecarsOnly: false, ref ports);
        Add(pod.Spec.InitContainers, sidecarsOnly: true, ref ports);
        return ports is null ? [] : [.. ports];
    }

    public bool ConflictsWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Address == other.Address || Address.Length == 0 || other.Address.Length == 0);

    private static void Add(Api.ApiList<Container> containers, bool sidecarsOnly, ref List<HostPort>? ports)
    {
        foreach (var container in containers)
        {
            if (sidecarsOnly && !container.IsSidecar)
            {
                continue;
            }

            foreach (var port in container.Ports)
            {
                if (port.HostPort > 0)
                {
                    (ports ??= []).Add(new HostPort(
                        port.HostIP == "0.0.0.0" ? "" : port.HostIP, port.Protocol.Length == 0 ? "TCP" : port.Protocol, port.HostPort));
                }
            }
        }
    }
}
