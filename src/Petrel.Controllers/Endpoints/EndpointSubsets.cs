using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Endpoints;

/// <summary>Builds the subsets of an Endpoints object: addresses that share the same ports are together.</summary>
internal static class EndpointSubsets
{
    /// <summary>An Endpoints object lists at most so many addresses, as upstream; the annotation tells that there are more.</summary>
    public const int AddressesMax = 1000;

    public static ApiList<EndpointSubset> Build(Service service, IReadOnlyList<Pod> pods, out bool truncated)
    {
        var addresses = new List<Address>();
        foreach (var pod in pods.Where(pod => ServicePods.IsEndpoint(pod, service.Spec.PublishNotReadyAddresses)))
        {
            if (IpOf(pod, service) is { } ip)
            {
                addresses.Add(Make(service, pod, ip));
            }
        }

        truncated = addresses.Count > AddressesMax;
        return Group(truncated ? [.. addresses.OrderByDescending(static address => address.Ready).Take(AddressesMax)] : addresses);
    }

    private static Address Make(Service service, Pod pod, string ip)
    {
        var ready = service.Spec.PublishNotReadyAddresses || pod.IsReady();
        var value = new EndpointAddress
        {
            Ip = ip,
            Hostname = ServicePods.HostnameFor(pod, service),
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            TargetRef = ServicePods.ReferenceTo(pod),
        };
        return new Address(value, Ports(service, pod), ready);
    }

    // A headless Service without ports still names its pods.
    private static ApiList<EndpointPort>? Ports(Service service, Pod pod)
    {
        var ports = service.Spec.Ports
            .Select(port => (Port: port, Number: ServicePods.FindPort(pod, port)))
            .Where(static found => found.Number is not null)
            .Select(static found => new EndpointPort
            {
                Name = found.Port.Name,
                Port = found.Number!.Value,
                Protocol = ServicePods.Protocol(found.Port.Protocol),
                AppProtocol = found.Port.AppProtocol,
            })
            .OrderBy(static port => port.Name, StringComparer.Ordinal)
            .ToApiList();
        return ports.IsEmpty && !(service.Spec.Ports.IsEmpty && ServicePods.IsHeadless(service)) ? null : ports;
    }

    private static ApiList<EndpointSubset> Group(IReadOnlyList<Address> addresses) =>
    [
        .. addresses.Where(static address => address.Ports is not null)
            .GroupBy(static address => address.Ports!.Value)
            .OrderBy(static group => group.Key.ToString(), StringComparer.Ordinal)
            .Select(static group => new EndpointSubset
            {
                Ports = group.Key.IsEmpty ? default : group.Key,
                Addresses = Sorted(group.Where(static address => address.Ready)),
                NotReadyAddresses = Sorted(group.Where(static address => !address.Ready)),
            }),
    ];

    private static ApiList<EndpointAddress> Sorted(IEnumerable<Address> addresses)
    {
        var sorted = addresses.Select(static address => address.Value)
            .OrderBy(static address => address.Ip, StringComparer.Ordinal)
            .ThenBy(static address => address.TargetRef!.Uid, StringComparer.Ordinal)
            .ToApiList();
        return sorted.IsEmpty ? default : sorted;
    }

    /// <summary>The pod's address of the Service's (first) IP family.</summary>
    private static string? IpOf(Pod pod, Service service)
    {
        var wantsV6 = service.Spec.IpFamilies.Count > 0 && service.Spec.IpFamilies[0] == "IPv6";
        var all = pod.Status.PodIPs.IsEmpty ? [pod.Status.PodIP] : pod.Status.PodIPs.Select(static ip => ip.Ip);
        return all.FirstOrDefault(ip => ip.Contains(':', StringComparison.Ordinal) == wantsV6);
    }

    private sealed record Address(EndpointAddress Value, ApiList<EndpointPort>? Ports, bool Ready);
}
