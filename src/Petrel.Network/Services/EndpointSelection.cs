using System.Collections.Immutable;
using System.Net.Sockets;

namespace Petrel.Network.Services;

/// <summary>
/// The endpoints of a port that get traffic: <see cref="Cluster"/> under policy Cluster, <see cref="Local"/> under policy Local.
/// </summary>
internal sealed record EndpointSelection(ImmutableArray<ServiceEndpoint> Cluster, ImmutableArray<ServiceEndpoint> Local)
{
    /// <summary>Nothing answers for this port on any node: clients are told so at once.</summary>
    public bool IsEmpty => Cluster.IsEmpty && Local.IsEmpty;

    /// <summary>Selects among the endpoints of one address family, in an order that does not depend on the slices'.</summary>
    /// <param name="port">The port.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="zone">The node's topology zone, or null to ignore hints.</param>
    public static EndpointSelection Of(ProxiedPort port, AddressFamily family, string? zone)
    {
        ServiceEndpoint[] endpoints = [.. port.Endpoints
            .Where(endpoint => endpoint.Address.AddressFamily == family)
            .OrderBy(endpoint => endpoint.Address.ToString(), StringComparer.Ordinal)
            .ThenBy(endpoint => endpoint.Port)
            .DistinctBy(endpoint => (endpoint.Address, endpoint.Port))];
        ServiceEndpoint[] usable = ReadyOrElseServing(endpoints);
        return new EndpointSelection(
            [.. InZone(usable, zone)],
            [.. ReadyOrElseServing([.. endpoints.Where(endpoint => endpoint.IsLocal)])]);
    }

    /// <summary>Endpoints that terminate but still serve are better than none (KEP-1669).</summary>
    private static ServiceEndpoint[] ReadyOrElseServing(ServiceEndpoint[] endpoints)
    {
        ServiceEndpoint[] ready = [.. endpoints.Where(endpoint => endpoint.IsReady)];
        return ready.Length > 0 ? ready : [.. endpoints.Where(endpoint => endpoint.IsServing && endpoint.IsTerminating)];
    }

    /// <summary>Hints count only when every endpoint has one and some name this zone (KEP-2433): half-written hints would overload a few.</summary>
    private static ServiceEndpoint[] InZone(ServiceEndpoint[] endpoints, string? zone)
    {
        if (zone is null || endpoints.Any(endpoint => endpoint.ZoneHints.IsEmpty))
        {
            return endpoints;
        }

        ServiceEndpoint[] inZone = [.. endpoints.Where(endpoint => endpoint.ZoneHints.Contains(zone))];
        return inZone.Length > 0 ? inZone : endpoints;
    }
}
