using System.Collections.Immutable;
using System.Net;

namespace Petrel.Network.Services.Modes;

/// <summary>
/// Renders one port of one service into objects of the table. A port with nothing but cluster addresses is map elements;
/// the others get chains of their own: "service/..." and "local/..." pick among all and among this node's endpoints
/// (<see cref="NftablesPool"/>), "external/..." decides between the two and about masquerade.
/// </summary>
internal sealed class NftablesPort
{
    private const string Drop = "drop";
    private const string Reject = $"goto {NftablesBase.RejectChain}";

    /// <summary>The kernel keeps at most 128 bytes of comment with its zero byte.</summary>
    private const int CommentLengthMax = 127;

    private readonly NftablesBase _base;
    private readonly ProxiedService _service;
    private readonly ProxiedPort _port;
    private readonly EndpointSelection _selection;
    private readonly NftablesPool _cluster;
    private readonly NftablesPool _local;
    private readonly string _externalChain;
    private readonly string _comment;
    private readonly List<TableObject> _objects = [];

    public NftablesPort(NftablesBase tableBase, ProxiedService service, ProxiedPort port)
    {
        _base = tableBase;
        _service = service;
        _port = port;
        _selection = EndpointSelection.Of(port, tableBase.Family.AddressFamily, tableBase.Options.Zone);
        string name = $"{service.Name}/{port.Protocol.InRules()}/{port.Port}";
        _cluster = new NftablesPool(tableBase.Family, "service", name, port.Protocol, service.ClientAffinity, _selection.Cluster);
        _local = new NftablesPool(tableBase.Family, "local", name, port.Protocol, service.ClientAffinity, _selection.Local);
        _externalChain = $"external/{name}";
        string comment = port.Name.Length == 0 ? service.Name.ToString() : $"{service.Name}:{port.Name}";
        _comment = comment.Length <= CommentLengthMax ? comment : comment[..CommentLengthMax];
    }

    private string Protocol => _port.Protocol.InRules();

    private bool HasExternal => _port.NodePort is not null || ExternalAddresses.Any();

    private IEnumerable<IPAddress> ExternalAddresses =>
        _base.Family.Own(_service.ExternalAddresses.Concat(_service.LoadBalancerAddresses));

    public IReadOnlyCollection<TableObject> Render()
    {
        RenderClusterAddresses();
        if (HasExternal)
        {
            RenderExternal();
            RenderFirewall();
        }

        foreach (ServiceEndpoint endpoint in _selection.Cluster.Union(_selection.Local).Where(endpoint => endpoint.IsLocal))
        {
            _objects.Add(TableObject.Member(NftablesBase.HairpinPairs, $"{endpoint.Address} . {endpoint.Address}"));
        }

        return _objects;
    }

    private void RenderClusterAddresses()
    {
        NftablesPool pool = _service.IsInternalTrafficLocal ? _local : _cluster;
        bool needsChain = !pool.Endpoints.IsEmpty && (HasExternal || _service.ClientAffinity is not null);
        if (needsChain)
        {
            _objects.AddRange(pool.Render());
        }

        foreach (IPAddress address in _base.Family.Own(_service.ClusterAddresses))
        {
            _objects.Add(TableObject.Member(NftablesBase.ClusterAddresses, address.ToString()));
            if (pool.Endpoints.IsEmpty)
            {
                AddDeadEnd(address, _selection.IsEmpty ? Reject : Drop);
            }
            else if (needsChain)
            {
                AddAddress(address, pool.Chain);
            }
            else
            {
                AddPick(address, pool.Endpoints);
            }
        }
    }

    private void AddPick(IPAddress address, ImmutableArray<ServiceEndpoint> endpoints)
    {
        _objects.Add(_base.PickChain(_port.Protocol, endpoints.Length));
        AddAddress(address, NftablesBase.PickChainName(_port.Protocol, endpoints.Length));
        for (int number = 0; number < endpoints.Length; number++)
        {
            _objects.Add(TableObject.Mapping(
                NftablesBase.Endpoints(_port.Protocol),
                $"{address} . {_port.Port} . {number}",
                NftablesFamily.Pair(endpoints[number])));
        }
    }

    private void RenderExternal()
    {
        bool isLocal = _service.IsExternalTrafficLocal;
        string? deadEnd = _selection.IsEmpty ? Reject : isLocal && _local.Endpoints.IsEmpty ? Drop : null;
        if (!_selection.IsEmpty)
        {
            RenderExternalChain();
        }

        foreach (IPAddress address in ExternalAddresses)
        {
            if (!_selection.IsEmpty)
            {
                AddAddress(address, _externalChain);
            }

            if (deadEnd is not null)
            {
                AddDeadEnd(address, deadEnd);
            }
        }

        if (_port.NodePort is int nodePort)
        {
            string key = $"{Protocol} . {nodePort}";
            if (!_selection.IsEmpty)
            {
                _objects.Add(TableObject.Mapping(NftablesBase.NodePorts, key, _comment, $"goto {_externalChain}"));
            }

            if (deadEnd is not null)
            {
                _objects.Add(TableObject.Mapping(NftablesBase.DeadNodePorts, key, _comment, deadEnd));
            }
        }
    }

    private void RenderExternalChain()
    {
        _objects.AddRange(_cluster.Render());
        if (!_service.IsExternalTrafficLocal)
        {
            _objects.Add(TableObject.Chain(_externalChain, $"jump {NftablesBase.MarkChain}", $"goto {_cluster.Chain}"));
            return;
        }

        // Policy Local is about clients outside: pods and the node itself reach every endpoint (KEP-2086).
        List<string> rules = [];
        var pods = _base.Family.Own(_base.Options.PodRanges);
        if (pods.Length > 0)
        {
            rules.Add($"{_base.Family.Ip} saddr {pods.AsSet()} goto {_cluster.Chain}");
        }

        rules.Add($"fib saddr type local jump {NftablesBase.MarkChain}");
        rules.Add($"fib saddr type local goto {_cluster.Chain}");
        if (!_local.Endpoints.IsEmpty)
        {
            _objects.AddRange(_local.Render());
            rules.Add($"goto {_local.Chain}");
        }

        _objects.Add(TableObject.Chain(_externalChain, rules));
    }

    private void RenderFirewall()
    {
        var ranges = _base.Family.Own(_service.LoadBalancerSourceRanges);
        if (_service.LoadBalancerSourceRanges.IsEmpty)
        {
            return;
        }

        string chain = $"firewall/{_service.Name}/{Protocol}/{_port.Port}";
        IPAddress[] addresses = [.. _base.Family.Own(_service.LoadBalancerAddresses)];
        _objects.Add(TableObject.Chain(chain, ranges.IsEmpty ? Drop : $"{_base.Family.Ip} saddr != {AllowedSources()} drop"));
        foreach (IPAddress address in addresses)
        {
            _objects.Add(TableObject.Mapping(NftablesBase.Firewalls, Destination(address), _comment, $"goto {chain}"));
        }

        // A node that calls a load balancer address which is also its own sends from that very address.
        string AllowedSources() => ranges
            .Concat(ranges.Any(range => _base.Options.NodeAddresses.Any(range.Contains))
                ? addresses.Select(address => new IPNetwork(address, address.GetAddressBytes().Length * 8))
                : [])
            .AsSet();
    }

    private void AddAddress(IPAddress address, string chain) => _objects.Add(
        TableObject.Mapping(NftablesBase.ServiceAddresses, Destination(address), _comment, $"goto {chain}"));

    private void AddDeadEnd(IPAddress address, string verdict) => _objects.Add(
        TableObject.Mapping(NftablesBase.DeadServiceAddresses, Destination(address), _comment, verdict));

    private string Destination(IPAddress address) => $"{address} . {Protocol} . {_port.Port}";
}
