using System.Net;

namespace Petrel.Network.Services.Flows;

/// <summary>Which endpoints may answer datagrams (UDP and SCTP) for the addresses and node ports of some services.</summary>
internal sealed class DatagramRoutes
{
    private readonly Dictionary<(TransportProtocol Protocol, IPEndPoint Destination), HashSet<IPEndPoint>> _addresses = [];
    private readonly Dictionary<(TransportProtocol Protocol, int Port), HashSet<IPEndPoint>> _nodePorts = [];

    public DatagramRoutes(ServiceSnapshot snapshot, IEnumerable<ServiceName> names)
    {
        foreach (ServiceName name in names)
        {
            if (snapshot.Services.TryGetValue(name, out ProxiedService? service))
            {
                Add(service);
            }
        }
    }

    /// <summary>
    /// Whether going from <paramref name="before"/> to this one can leave flows at the wrong place: somebody who answered
    /// is gone, or a destination that nobody answered for has become a service's.
    /// </summary>
    public bool StrandsFlowsOf(DatagramRoutes before) =>
        Strands(before._addresses, _addresses) || Strands(before._nodePorts, _nodePorts);

    /// <summary>Whether these routes, or those there were before, are the flow's, and do not lead to who answers it.</summary>
    public bool IsStale(DatagramFlow flow, DatagramRoutes before)
    {
        var address = (flow.Protocol, flow.Destination);
        var port = (flow.Protocol, flow.Destination.Port);
        if (_addresses.TryGetValue(address, out HashSet<IPEndPoint>? answerers) || _nodePorts.TryGetValue(port, out answerers))
        {
            return !answerers.Contains(flow.Answerer);
        }

        return before._addresses.ContainsKey(address) || before._nodePorts.ContainsKey(port);
    }

    private static bool Strands<TKey>(Dictionary<TKey, HashSet<IPEndPoint>> before, Dictionary<TKey, HashSet<IPEndPoint>> after)
        where TKey : notnull
    {
        bool isSomebodyGone = before.Any(old => !after.TryGetValue(old.Key, out HashSet<IPEndPoint>? now) || !old.Value.IsSubsetOf(now));
        return isSomebodyGone
            || after.Any(now => now.Value.Count > 0 && (!before.TryGetValue(now.Key, out HashSet<IPEndPoint>? old) || old.Count == 0));
    }

    private void Add(ProxiedService service)
    {
        foreach (ProxiedPort port in service.Ports.Where(port => port.Protocol != TransportProtocol.Tcp))
        {
            HashSet<IPEndPoint> answerers = [.. port.Endpoints
                .Where(endpoint => endpoint.IsReady || endpoint.IsServing)
                .Select(endpoint => new IPEndPoint(endpoint.Address, endpoint.Port))];
            foreach (IPAddress address in service.ClusterAddresses
                .Concat(service.ExternalAddresses)
                .Concat(service.LoadBalancerAddresses))
            {
                _addresses[(port.Protocol, new IPEndPoint(address, port.Port))] = answerers;
            }

            if (port.NodePort is int nodePort)
            {
                _nodePorts[(port.Protocol, nodePort)] = answerers;
            }
        }
    }
}
