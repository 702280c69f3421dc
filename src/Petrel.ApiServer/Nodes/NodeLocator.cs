using System.Net;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Nodes;

/// <summary>Finds where a node's agent listens: its own word, in the status of its Node object.</summary>
internal sealed class NodeLocator(Func<ResourceEndpoint> nodes)
{
    /// <summary>Port of an agent that does not say (kubelet).</summary>
    private const int DefaultPort = 10250;

    /// <summary>What an agent is called by, most wanted first (--kubelet-preferred-address-types).</summary>
    private static readonly string[] PreferredAddresses = ["InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS"];

    /// <summary>The root of the agent's HTTPS API.</summary>
    /// <exception cref="StatusException">404 for a node that does not exist, 500 for one without an address.</exception>
    public async Task<Uri> FindAsync(string name, CancellationToken cancellationToken)
    {
        var node = (Node)(await nodes().Store.GetAsync("", name, cancellationToken)).Decode();
        var address = PreferredAddresses
            .Select(type => node.Status.Addresses.FirstOrDefault(candidate => candidate.Type == type)?.Address)
            .FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate))
            ?? throw new StatusException(Statuses.Unknown(500, $"no preferred addresses found; known addresses: [{string.Join(' ', node.Status.Addresses.Select(known => known.Address))}]"));
        var port = node.Status.DaemonEndpoints.KubeletEndpoint.Port;
        return new UriBuilder("https", Bracketed(address), port == 0 ? DefaultPort : port).Uri;
    }

    /// <summary>The host part of a URL: IPv6 addresses stand in brackets.</summary>
    public static string Bracketed(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{host}]" : host;
}
