using System.Collections.Immutable;
using Petrel.Linux.Netlink;
using Petrel.Network.Services;
using Petrel.Network.Services.Modes;

namespace Petrel.Network.Tests.Environment;

/// <summary>The nftables mode on a test node, with a snapshot to change.</summary>
internal sealed class TestProxy(ServiceProxyOptions options)
{
    private readonly Nftables _mode = new(options);

    public ServiceSnapshot Snapshot { get; private set; } = ServiceSnapshot.Empty;

    public static ServiceProxyOptions Options(NetworkNamespace node) => new()
    {
        NodeName = "node",
        NetworkNamespace = node,
        PodRanges = [TestNetwork.PodRange],
        ServiceRanges = [TestNetwork.ServiceRange],
        NodeAddresses = [TestNetwork.NodeAddress],
    };

    public static TestProxy On(TestNetwork network) => new(Options(network.Node));

    public Task SetAsync(params ProxiedService[] services)
    {
        Snapshot = services.Aggregate(Snapshot, (snapshot, service) => snapshot.With(service));
        return _mode.SyncAsync(Snapshot, services.Select(service => service.Name).ToImmutableHashSet(), CancellationToken.None);
    }

    public Task RemoveAsync(ServiceName name)
    {
        Snapshot = Snapshot.Without(name);
        return _mode.SyncAsync(Snapshot, ImmutableHashSet.Create(name), CancellationToken.None);
    }

    public Task SyncAsync(ServiceSnapshot snapshot, IReadOnlySet<ServiceName> changed)
    {
        Snapshot = snapshot;
        return _mode.SyncAsync(snapshot, changed, CancellationToken.None);
    }

    public Task<bool> VerifyAsync() => _mode.VerifyAsync(CancellationToken.None);

    public Task RemoveAllAsync() => _mode.RemoveAsync(CancellationToken.None);
}
