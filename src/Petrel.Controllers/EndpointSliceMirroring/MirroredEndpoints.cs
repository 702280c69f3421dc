using System.Net;
using System.Net.Sockets;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;

namespace Petrel.Controllers.EndpointSliceMirroring;

/// <summary>The addresses of an Endpoints object as endpoints of slices.</summary>
internal sealed class MirroredEndpoints
{
    /// <summary>Addresses of a subset that are mirrored at most (--mirroring-max-endpoints-per-subset).</summary>
    public const int AddressesMax = 1000;

    private readonly Dictionary<string, Dictionary<ApiList<Api.Discovery.EndpointPort>, List<Endpoint>>> _byType = new(StringComparer.Ordinal);

    public MirroredEndpoints(Api.Core.Endpoints endpoints)
    {
        foreach (var subset in endpoints.Subsets)
        {
            Add(subset);
        }
    }

    /// <summary>Addresses that are left out because their subset has more than are mirrored.</summary>
    public int Skipped { get; private set; }

    /// <summary>Address types of which there are endpoints: IPv4, IPv6.</summary>
    public IEnumerable<string> AddressTypes => _byType.Keys;

    /// <summary>Endpoints of an address type by their ports.</summary>
    public IReadOnlyDictionary<ApiList<Api.Discovery.EndpointPort>, List<Endpoint>> Of(string addressType) => _byType.GetValueOrDefault(addressType) ?? [];

    private void Add(EndpointSubset subset)
    {
        var ports = subset.Ports.Select(Port).ToApiList();
        var addresses = subset.Addresses.Select(static address => (Address: address, Ready: true))
            .Concat(subset.NotReadyAddresses.Select(static address => (Address: address, Ready: false)))
            .ToList();
        foreach (var (address, ready) in addresses.Take(AddressesMax))
        {
            Add(address, ready, ports);
        }

        Skipped += Math.Max(0, addresses.Count - AddressesMax);
    }

    private void Add(EndpointAddress address, bool ready, ApiList<Api.Discovery.EndpointPort> ports)
    {
        // Validation admits nothing else; a name would have no slice to go into.
        if (!IPAddress.TryParse(address.Ip, out var parsed))
        {
            return;
        }

        var type = parsed.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
        if (!_byType.TryGetValue(type, out var byPorts))
        {
            _byType.Add(type, byPorts = []);
        }

        if (!byPorts.TryGetValue(ports, out var endpoints))
        {
            byPorts.Add(ports, endpoints = []);
        }

        endpoints.Add(new Endpoint
        {
            Addresses = [address.Ip],
            Conditions = new() { Ready = ready },
            Hostname = address.Hostname.Length > 0 ? address.Hostname : null,
            NodeName = address.NodeName,
            TargetRef = address.TargetRef,
        });
    }

    private static Api.Discovery.EndpointPort Port(Api.Core.EndpointPort port) => new()
    {
        Name = port.Name,
        Port = port.Port,
        Protocol = port.Protocol,
        AppProtocol = port.AppProtocol,
    };
}
