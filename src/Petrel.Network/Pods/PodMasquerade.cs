using System.Net.Sockets;
using Petrel.Linux.Nftables;

namespace Petrel.Network.Pods;

/// <summary>
/// Gives packets from pods to the outside the node's address, since nobody out there knows pod addresses. Pods of the
/// cluster see each other's real addresses; link-local, multicast and broadcast stay as they are.
/// </summary>
internal sealed class PodMasquerade(PodNetworkOptions options)
{
    private const int SourceTranslation = 100;
    private const string Chain = "nat-postrouting";
    private const string Unrouted = "{ 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/4, 255.255.255.255 }";

    private readonly Nft _nft = new(options.NetworkNamespace);
    private readonly NftTable _table = new("ip", InstanceNames.PodTable(options.InstanceName));

    public Task ApplyAsync(CancellationToken cancellationToken = default) => _nft.ApplyAsync(Render(), cancellationToken);

    public Task RemoveAsync(CancellationToken cancellationToken = default) => _nft.RemoveTableAsync(_table, cancellationToken);

    private NftTransaction Render()
    {
        string pods = string.Join(", ", options.PodRanges.Where(range => range.BaseAddress.AddressFamily == AddressFamily.InterNetwork));
        return new NftTransaction(_table)
            .AddTable()
            .DeleteTable()
            .AddTable()
            .AddBaseChain(Chain, "nat", "postrouting", SourceTranslation)
            .AddRule(Chain, $"ip saddr != {options.NodePodRange} return")
            .AddRule(Chain, $"ip daddr {{ {pods} }} return")
            .AddRule(Chain, $"ip daddr {Unrouted} return")
            .AddRule(Chain, "masquerade fully-random");
    }
}
