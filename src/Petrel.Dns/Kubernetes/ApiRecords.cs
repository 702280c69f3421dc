using System.Collections.Immutable;
using System.Net;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Dns.Wire;
using EndpointPort = Petrel.Api.Discovery.EndpointPort;

namespace Petrel.Dns.Kubernetes;

/// <summary>Takes from API objects what DNS needs of them.</summary>
public static class ApiRecords
{
    private const string HeadlessClusterIP = "None";
    private const string DefaultProtocol = "TCP";

    /// <summary>Null for a service without a name in DNS: an ExternalName that is an address or no domain name.</summary>
    public static ServiceRecord? From(Service service)
    {
        (string serviceNamespace, string name) = (service.Metadata.Namespace, service.Metadata.Name);
        ImmutableArray<PortRecord> ports = [.. service.Spec.Ports.Select(From)];
        if (service.Spec.Type == "ExternalName")
        {
            string target = service.Spec.ExternalName;
            bool isName = !IPAddress.TryParse(target, out _) && DnsName.TryParse(target, out _);
            return isName ? new ServiceRecord(serviceNamespace, name, [], IsHeadless: false, DnsName.Parse(target), ports) : null;
        }

        IEnumerable<string> addresses = service.Spec.ClusterIPs.IsEmpty ? [service.Spec.ClusterIP] : service.Spec.ClusterIPs;
        bool isHeadless = addresses.First() == HeadlessClusterIP;
        return new ServiceRecord(serviceNamespace, name, ParseAddresses(addresses), isHeadless, Alias: null, ports);
    }

    /// <summary>Null for a slice that belongs to no service.</summary>
    public static EndpointSliceRecord? From(EndpointSlice slice)
    {
        string? service = slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name");
        if (string.IsNullOrEmpty(service))
        {
            return null;
        }

        // The third address type, FQDN, has nothing that an address record could hold.
        IEnumerable<Endpoint> endpoints = slice.AddressType is "IPv4" or "IPv6" ? slice.Endpoints : [];
        return new EndpointSliceRecord(
            slice.Metadata.Namespace,
            slice.Metadata.Name,
            service,
            [.. endpoints.Where(endpoint => endpoint.Conditions.Ready != false).SelectMany(From)],
            [.. slice.Ports.Where(port => port.Port is not null).Select(From)]);
    }

    private static PortRecord From(ServicePort port) =>
        new(port.Name, port.Protocol.Length == 0 ? DefaultProtocol : port.Protocol, (ushort)port.Port);

    private static PortRecord From(EndpointPort port) => new(port.Name ?? "", port.Protocol ?? DefaultProtocol, (ushort)port.Port!.Value);

    private static IEnumerable<EndpointRecord> From(Endpoint endpoint) =>
        ParseAddresses(endpoint.Addresses).Select(address => new EndpointRecord(address, endpoint.Hostname));

    private static ImmutableArray<IPAddress> ParseAddresses(IEnumerable<string> addresses) =>
        [.. addresses.Select(text => IPAddress.TryParse(text, out IPAddress? address) ? address : null).OfType<IPAddress>()];
}
