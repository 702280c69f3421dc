using System.Collections.Immutable;
using System.Net;
using Petrel.Api.Core;
using Petrel.Api.Discovery;

namespace Petrel.Network.Services;

/// <summary>Makes a <see cref="ProxiedService"/> of a Service and its EndpointSlices.</summary>
internal sealed class ServiceTranslation(string nodeName)
{
    /// <summary>Whose Service this proxy leaves to another one (KEP-2447).</summary>
    public const string OtherProxyLabel = "service.kubernetes.io/service-proxy-name";

    /// <summary>Marks Services and EndpointSlices that have no virtual address.</summary>
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>The Service that an EndpointSlice belongs to.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    private const string NoAddress = "None";
    private const string Local = "Local";

    /// <summary>Used where sessionAffinityConfig says nothing (core/v1: three hours).</summary>
    private static readonly TimeSpan AffinityDefault = TimeSpan.FromSeconds(10800);

    /// <summary>The service, or null when it has no virtual address or another proxy serves it.</summary>
    public ProxiedService? Translate(Service service, IEnumerable<EndpointSlice> slices)
    {
        ServiceSpec spec = service.Spec;
        if (spec.Type == "ExternalName"
            || spec.ClusterIP is "" or NoAddress
            || service.Metadata.Labels.ContainsKey(OtherProxyLabel)
            || service.Metadata.Labels.ContainsKey(HeadlessLabel))
        {
            return null;
        }

        EndpointSlice[] usable = [.. slices
            .Where(slice => slice.AddressType is "IPv4" or "IPv6" && !slice.Metadata.Labels.ContainsKey(HeadlessLabel))
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)];
        return new ProxiedService(new ServiceName(service.Metadata.Namespace, service.Metadata.Name))
        {
            ClusterAddresses = Addresses(spec.ClusterIPs.IsEmpty ? [spec.ClusterIP] : spec.ClusterIPs),
            ExternalAddresses = Addresses(spec.ExternalIPs),
            LoadBalancerAddresses = Addresses(service.Status.LoadBalancer.Ingress
                .Where(ingress => ingress.IpMode is null or "VIP")
                .Select(ingress => ingress.Ip)),
            LoadBalancerSourceRanges = SourceRanges(spec),
            ClientAffinity = Affinity(spec),
            IsInternalTrafficLocal = spec.InternalTrafficPolicy == Local,
            IsExternalTrafficLocal = spec.ExternalTrafficPolicy == Local,
            Ports = [.. spec.Ports.Select(port => TranslatePort(port, usable))],
        };
    }

    private ProxiedPort TranslatePort(ServicePort port, EndpointSlice[] slices)
    {
        TransportProtocol protocol = Protocol(port.Protocol);
        return new ProxiedPort(protocol, port.Port)
        {
            Name = port.Name,
            NodePort = port.NodePort == 0 ? null : port.NodePort,
            Endpoints = [.. slices.SelectMany(slice => slice.Ports
                .Where(end => end.Port is not null && (end.Name ?? "") == port.Name && Protocol(end.Protocol) == protocol)
                .SelectMany(end => slice.Endpoints.Select(endpoint => TranslateEndpoint(endpoint, end.Port!.Value))))
                .OfType<ServiceEndpoint>()],
        };
    }

    /// <summary>An endpoint's addresses are interchangeable and only the first is used (discovery/v1).</summary>
    private ServiceEndpoint? TranslateEndpoint(Endpoint endpoint, int port)
    {
        IPAddress? address = endpoint.Addresses.IsEmpty ? null : AddressText.Address(endpoint.Addresses[0]);
        return address is null
            ? null
            : new ServiceEndpoint(address, port)
            {
                IsReady = endpoint.Conditions.Ready ?? true,
                IsServing = endpoint.Conditions.Serving ?? endpoint.Conditions.Ready ?? true,
                IsTerminating = endpoint.Conditions.Terminating ?? false,
                IsLocal = endpoint.NodeName == nodeName,
                ZoneHints = [.. (endpoint.Hints?.ForZones ?? []).Select(zone => zone.Name)],
            };
    }

    private static ImmutableArray<IPAddress> Addresses(IEnumerable<string> texts) =>
        [.. texts.Select(AddressText.Address).OfType<IPAddress>()];

    /// <summary>A list whose every entry is unreadable must not turn into "everyone".</summary>
    private static ImmutableArray<IPNetwork> SourceRanges(ServiceSpec spec)
    {
        ImmutableArray<IPNetwork> ranges = [.. spec.LoadBalancerSourceRanges.Select(AddressText.Range).OfType<IPNetwork>()];
        return ranges.IsEmpty && !spec.LoadBalancerSourceRanges.IsEmpty ? [new IPNetwork(IPAddress.Any, 32)] : ranges;
    }

    private static TimeSpan? Affinity(ServiceSpec spec)
    {
        if (spec.SessionAffinity != "ClientIP")
        {
            return null;
        }

        return spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : AffinityDefault;
    }

    private static TransportProtocol Protocol(string? name) => name switch
    {
        "UDP" => TransportProtocol.Udp,
        "SCTP" => TransportProtocol.Sctp,
        _ => TransportProtocol.Tcp,
    };
}
