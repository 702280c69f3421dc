using System.Net;
using Petrel.Linux.Nftables;

namespace Petrel.Network.Services.Modes;

/// <summary>
/// The part of the table that does not depend on services: maps and sets, the chains that the kernel calls, and who is
/// masqueraded. Names here are those that <see cref="NftablesPort"/> fills.
/// </summary>
internal sealed class NftablesBase(NftablesFamily family, ServiceProxyOptions options)
{
    /// <summary>Destination . protocol . port → what to do: cluster, external and load balancer addresses.</summary>
    public const string ServiceAddresses = "service-ips";

    /// <summary>Protocol . port → what to do, for packets to the node's own addresses.</summary>
    public const string NodePorts = "service-nodeports";

    /// <summary>Like <see cref="ServiceAddresses"/>, for those without endpoints.</summary>
    public const string DeadServiceAddresses = "no-endpoint-services";

    /// <summary>Like <see cref="NodePorts"/>, for those without endpoints.</summary>
    public const string DeadNodePorts = "no-endpoint-nodeports";

    /// <summary>Destination . protocol . port → chain that drops who is not in the load balancer's source ranges.</summary>
    public const string Firewalls = "firewall-ips";

    public const string ClusterAddresses = "cluster-ips";

    /// <summary>Local endpoint . same endpoint: a pod that reaches itself through its service.</summary>
    public const string HairpinPairs = "hairpin-connections";

    public const string MarkChain = "mark-for-masquerade";
    public const string RejectChain = "reject-chain";

    /// <summary>The chain whose absence means that somebody removed the table.</summary>
    public const string ServicesChain = "services";

    private const int Raw = -300;
    private const int BeforeTranslation = -110;
    private const int Translation = -100;
    private const int AfterTranslation = -90;
    private const int SourceTranslation = 100;

    private readonly string _ip = family.Ip;
    private readonly string _mark = $"0x{1u << options.MasqueradeBit:x}";

    public NftablesFamily Family { get; } = family;

    public ServiceProxyOptions Options { get; } = options;

    private string Destination => $"{_ip} daddr . meta l4proto . th dport";

    public void Render(NftTransaction transaction)
    {
        AddMaps(transaction);
        AddLoopbackGuard(transaction);
        AddTranslation(transaction);
        AddMasquerade(transaction);
        AddFilters(transaction);
    }

    /// <summary>Destination . port . number → endpoint address . port; read by the pick chains.</summary>
    /// <remarks>One map for each protocol, because nft 1.0 cannot refer to a stored map whose values have a port of any.</remarks>
    public static string Endpoints(TransportProtocol protocol) => $"endpoints-{protocol.InRules()}";

    public static string PickChainName(TransportProtocol protocol, int count) => $"pick-{protocol.InRules()}-{count}";

    /// <summary>
    /// The chain that all services with <paramref name="count"/> endpoints share: it draws a number and looks the endpoint
    /// up under it. So a plain service is map elements only, and a change to it costs the same in any table.
    /// </summary>
    public TableObject PickChain(TransportProtocol protocol, int count) => TableObject.Chain(
        PickChainName(protocol, count),
        $"meta l4proto {protocol.InRules()} dnat {_ip} to {EndpointKey(protocol, count)} map @{Endpoints(protocol)}");

    private string EndpointKey(TransportProtocol protocol, int count) =>
        $"{_ip} daddr . {protocol.InRules()} dport . numgen random mod {count}";

    private void AddMaps(NftTransaction transaction)
    {
        string destinationType = $"{Family.AddressType} . inet_proto . inet_service";
        transaction
            .AddMap(ServiceAddresses, $"type {destinationType} : verdict ;")
            .AddMap(NodePorts, "type inet_proto . inet_service : verdict ;")
            .AddMap(DeadServiceAddresses, $"type {destinationType} : verdict ;")
            .AddMap(DeadNodePorts, "type inet_proto . inet_service : verdict ;")
            .AddMap(Firewalls, $"type {destinationType} : verdict ;")
            .AddSet(ClusterAddresses, $"type {Family.AddressType} ;")
            .AddSet(HairpinPairs, $"type {Family.AddressType} . {Family.AddressType} ;");
        foreach (TransportProtocol protocol in Enum.GetValues<TransportProtocol>())
        {
            transaction.AddMap(
                Endpoints(protocol), $"typeof {EndpointKey(protocol, 2)} : {_ip} daddr . {protocol.InRules()} dport ;");
        }
    }

    /// <summary>
    /// Node ports on 127.0.0.1 need route_localnet, which would also let neighbours address this machine's loopback
    /// services (CVE-2020-8558): such packets never come from outside, so those that do are dropped.
    /// </summary>
    private void AddLoopbackGuard(NftTransaction transaction)
    {
        if (Family == NftablesFamily.IPv4)
        {
            transaction
                .AddBaseChain("loopback-guard", "filter", "prerouting", Raw)
                .AddRule("loopback-guard", "iif != \"lo\" ip daddr 127.0.0.0/8 drop")
                .AddRule("loopback-guard", "iif != \"lo\" ip saddr 127.0.0.0/8 drop");
        }
    }

    private void AddTranslation(NftTransaction transaction)
    {
        transaction
            .AddChain(MarkChain)
            .AddRule(MarkChain, $"meta mark set meta mark or {_mark}")
            .AddChain(ServicesChain);
        var pods = Family.Own(Options.PodRanges);
        if (pods.Length > 0)
        {
            // Replies must come back through this node; pods' own traffic does anyway.
            transaction.AddRule(ServicesChain, $"{_ip} daddr @{ClusterAddresses} {_ip} saddr != {pods.AsSet()} jump {MarkChain}");
        }

        transaction
            .AddRule(ServicesChain, $"{Destination} vmap @{ServiceAddresses}");
        AddNodePortRule(transaction, ServicesChain, $"meta l4proto . th dport vmap @{NodePorts}");
        transaction
            .AddBaseChain("nat-prerouting", "nat", "prerouting", Translation)
            .AddRule("nat-prerouting", $"jump {ServicesChain}")
            .AddBaseChain("nat-output", "nat", "output", Translation)
            .AddRule("nat-output", $"jump {ServicesChain}");
    }

    private void AddMasquerade(NftTransaction transaction) => transaction
        .AddChain("masquerading")
        .AddRule("masquerading", $"meta mark set meta mark xor {_mark}")
        .AddRule("masquerading", "masquerade fully-random")
        .AddBaseChain("nat-postrouting", "nat", "postrouting", SourceTranslation)
        .AddRule("nat-postrouting", $"meta mark and {_mark} != 0 jump masquerading")
        .AddRule("nat-postrouting", $"{_ip} saddr . {_ip} daddr @{HairpinPairs} masquerade fully-random");

    /// <summary>
    /// Packets that were not translated and still go to a service have no endpoint, no such port, or no such service.
    /// They are answered before they are routed: a route that leads back to where they came from would make the kernel
    /// send a redirect first and then, by its limit for one receiver, no refusal.
    /// </summary>
    private void AddFilters(NftTransaction transaction)
    {
        transaction
            .AddChain(RejectChain)
            .AddRule(RejectChain, "meta l4proto tcp reject with tcp reset")
            .AddRule(RejectChain, "reject")
            .AddChain("dead-ends")
            .AddRule("dead-ends", $"{Destination} vmap @{DeadServiceAddresses}")
            .AddRule("dead-ends", $"{_ip} daddr @{ClusterAddresses} goto {RejectChain}");
        IReadOnlyCollection<IPNetwork> services = Family.Own(Options.ServiceRanges);
        if (services.Count > 0)
        {
            transaction.AddRule("dead-ends", $"{_ip} daddr {services.AsSet()} drop");
        }

        AddNodePortRule(transaction, "dead-ends", $"meta l4proto . th dport vmap @{DeadNodePorts}");
        foreach (string hook in new[] { "prerouting", "output" })
        {
            transaction
                .AddBaseChain($"filter-{hook}", "filter", hook, BeforeTranslation)
                .AddRule($"filter-{hook}", $"ct state new {Destination} vmap @{Firewalls}")
                .AddBaseChain($"filter-{hook}-translated", "filter", hook, AfterTranslation)
                .AddRule($"filter-{hook}-translated", "ct state new jump dead-ends");
        }
    }

    /// <summary>Adds a rule for packets to the addresses that serve node ports.</summary>
    private void AddNodePortRule(NftTransaction transaction, string chain, string rule)
    {
        var chosen = Family.Own(Options.NodePortAddresses);
        if (Options.NodePortAddresses.IsEmpty)
        {
            transaction.AddRule(chain, $"fib daddr type local {rule}");
        }
        else if (!chosen.IsEmpty)
        {
            transaction.AddRule(chain, $"fib daddr type local {_ip} daddr {chosen.AsSet()} {rule}");
        }
    }
}
