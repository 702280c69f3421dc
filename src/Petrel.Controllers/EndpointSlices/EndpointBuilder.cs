using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Controllers.Endpoints;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>Turns pods into endpoints (discovery/v1 Endpoint, KEP-752).</summary>
internal static class EndpointBuilder
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>IPv4 and/or IPv6, as the Service's families say.</summary>
    public static IReadOnlyList<string> AddressTypes(Service service) =>
        service.Spec.IpFamilies.IsEmpty
            ? [service.Spec.ClusterIP.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4"]
            : [.. service.Spec.IpFamilies];

    /// <summary>The pod's endpoint of one address type; null when it has no such address.</summary>
    /// <param name="node">The pod's node, for its zone.</param>
    public static Endpoint? Build(Pod pod, Node? node, Service service, string addressType)
    {
        var addresses = pod.Status.PodIPs.Select(static ip => ip.Ip).Where(ip => ip.Contains(':', StringComparison.Ordinal) == (addressType == "IPv6")).ToApiList();
        if (addresses.IsEmpty)
        {
            return null;
        }

        var serving = pod.IsReady();
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        var hostname = ServicePods.HostnameFor(pod, service);
        return new Endpoint
        {
            Addresses = addresses,
            Conditions = new()
            {
                Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            TargetRef = ServicePods.ReferenceTo(pod),
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            Zone = node?.Metadata.Labels.GetValueOrDefault(ZoneLabel),
            Hostname = hostname.Length > 0 ? hostname : null,
        };
    }

    /// <summary>The pod's ports for the Service; ports that it lacks are left out.</summary>
    public static ApiList<Api.Discovery.EndpointPort> Ports(Service service, Pod pod) =>
        service.Spec.Ports
            .Select(port => (Port: port, Number: ServicePods.FindPort(pod, port)))
            .Where(static found => found.Number is not null)
            .Select(static found => new Api.Discovery.EndpointPort
            {
                Name = found.Port.Name,
                Port = found.Number,
                Protocol = ServicePods.Protocol(found.Port.Protocol),
                AppProtocol = found.Port.AppProtocol,
            })
            .ToApiList();

    /// <summary>What of the endpoint may change without it being another endpoint: not its target and addresses.</summary>
    public static (string Target, ApiList<string> Addresses) Identity(Endpoint endpoint) =>
        (endpoint.TargetRef?.Namespace + "/" + endpoint.TargetRef?.Name + "/" + endpoint.TargetRef?.Uid, endpoint.Addresses);
}
