using System.Net.Sockets;
using Petrel.Linux.Nftables;
using Petrel.Linux.Processes;
using Petrel.Network.Services.Flows;

namespace Petrel.Network.Services.Modes;

/// <summary>
/// Forwards service traffic with nftables: one table for each address family the cluster uses. Each change is one atomic
/// transaction; one that fails is followed by a transaction that replaces the whole table.
/// </summary>
internal sealed class Nftables : IServiceMode
{
    public const string Name = "nftables";

    private readonly Nft _nft;
    private readonly StaleFlows _staleFlows;
    private readonly List<NftablesTable> _tables;
    private ServiceSnapshot _synced = ServiceSnapshot.Empty;
    private bool _isFirst = true;

    public Nftables(ServiceProxyOptions options)
    {
        _nft = new Nft(options.NetworkNamespace);
        _staleFlows = new StaleFlows(options.NetworkNamespace);
        string name = InstanceNames.Table(options.InstanceName);
        _tables = [.. Families(options).Select(family => new NftablesTable(new NftTable(family.Ip, name), family, options))];
    }

    public async Task SyncAsync(ServiceSnapshot snapshot, IReadOnlySet<ServiceName> changed, CancellationToken cancellationToken)
    {
        foreach (NftablesTable table in _tables)
        {
            await SyncAsync(table, snapshot, changed, cancellationToken).ConfigureAwait(false);
        }

        // Flows that an earlier process left are compared with every service.
        await RemoveStaleFlowsAsync(snapshot, _isFirst ? [.. snapshot.Services.Keys] : changed, cancellationToken).ConfigureAwait(false);
        _synced = snapshot;
        _isFirst = false;
    }

    public async Task<bool> VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            bool isComplete = true;
            foreach (NftablesTable table in _tables)
            {
                if (!await _nft.HasChainAsync(table.Table, NftablesBase.ServicesChain, cancellationToken).ConfigureAwait(false))
                {
                    table.Forget();
                    isComplete = false;
                }
            }

            return isComplete;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new ServiceModeException($"service rules could not be looked at: {exception.Message}", exception);
        }
    }

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (NftablesTable table in _tables)
        {
            table.Forget();
            await _nft.RemoveTableAsync(table.Table, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SyncAsync(
        NftablesTable table, ServiceSnapshot snapshot, IReadOnlySet<ServiceName> changed, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(table, table.RenderChanges(snapshot, changed), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Somebody else changed the table, or removed it. What is in it does not matter to a replacement.
            await ReplaceAsync(table, snapshot, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveStaleFlowsAsync(
        ServiceSnapshot snapshot, IReadOnlyCollection<ServiceName> changed, CancellationToken cancellationToken)
    {
        try
        {
            await _staleFlows.RemoveAsync(_synced, snapshot, changed, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new ServiceModeException($"stale datagram flows could not be removed: {exception.Message}", exception);
        }
    }

    private async Task ReplaceAsync(NftablesTable table, ServiceSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(table, table.RenderAll(snapshot), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new ServiceModeException($"service rules could not be applied: {exception.Message}", exception);
        }
    }

    private async Task ApplyAsync(NftablesTable table, NftTransaction transaction, CancellationToken cancellationToken)
    {
        bool isApplied = false;
        try
        {
            await _nft.ApplyAsync(transaction, cancellationToken).ConfigureAwait(false);
            isApplied = true;
        }
        finally
        {
            if (!isApplied)
            {
                table.Forget();
            }
        }
    }

    /// <summary>The kernel refused, a program is missing, or the namespace is gone: all reasons to try again later.</summary>
    private static bool IsRefusal(Exception exception) => exception is NftException or CommandException or IOException;

    /// <summary>The families of the service ranges: IPv4 unless told otherwise.</summary>
    private static IEnumerable<NftablesFamily> Families(ServiceProxyOptions options)
    {
        bool hasIPv6 = options.ServiceRanges.Any(range => range.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6);
        bool hasIPv4 = options.ServiceRanges.Any(range => range.BaseAddress.AddressFamily == AddressFamily.InterNetwork);
        if (hasIPv4 || !hasIPv6)
        {
            yield return NftablesFamily.IPv4;
        }

        if (hasIPv6)
        {
            yield return NftablesFamily.IPv6;
        }
    }
}
