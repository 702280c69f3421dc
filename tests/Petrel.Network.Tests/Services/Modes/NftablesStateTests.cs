using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Petrel.Linux.Nftables;
using Petrel.Network.Services;
using Petrel.Network.Services.Modes;
using Petrel.Network.Tests.Environment;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Network.Tests.Services.Modes;

/// <summary>What is in the kernel after changes, compared with what a fresh start puts there; and what a change costs.</summary>
public sealed class NftablesStateTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly NftTable Table = new("ip", "petrel");

    private TestNetwork _network = null!;

    public async Task InitializeAsync() => _network = await TestNetwork.CreateAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [RootTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Changes_one_after_another_lead_to_the_same_rules_as_a_fresh_start(int seed)
    {
        var services = new RandomServices(seed);
        TestProxy changing = TestProxy.On(_network);
        await changing.SyncAsync(services.Snapshot, ImmutableHashSet<ServiceName>.Empty);
        for (int round = 0; round < 15; round++)
        {
            for (int step = 0; step < 8; step++)
            {
                ImmutableHashSet<ServiceName> changed = services.Change();
                await changing.SyncAsync(services.Snapshot, changed);
            }

            string incremental = await ListAsync();
            await TestProxy.On(_network).SyncAsync(services.Snapshot, ImmutableHashSet<ServiceName>.Empty);
            Assert.Equal(await ListAsync(), incremental);
        }
    }

    [RootFact]
    public async Task No_change_falls_back_to_replacing_the_table()
    {
        var services = new RandomServices(5);
        var nft = new Nft(_network.Node);
        var table = new NftablesTable(Table, NftablesFamily.IPv4, TestProxy.Options(_network.Node));
        await nft.ApplyAsync(table.RenderAll(services.Snapshot));
        for (int step = 0; step < 150; step++)
        {
            ImmutableHashSet<ServiceName> changed = services.Change();
            await nft.ApplyAsync(table.RenderChanges(services.Snapshot, changed));
        }
    }

    [RootFact]
    public async Task Thousands_of_services_load_quickly_and_one_change_costs_no_more_than_among_few()
    {
        const int Count = 5000;
        ServiceSnapshot snapshot = ServiceSnapshot.Empty;
        for (int number = 0; number < Count; number++)
        {
            snapshot = snapshot.With(Numbered(number, 3));
        }

        var table = new NftablesTable(Table, NftablesFamily.IPv4, TestProxy.Options(_network.Node));
        var nft = new Nft(_network.Node);
        var clock = Stopwatch.StartNew();
        await nft.ApplyAsync(table.RenderAll(snapshot));
        output.WriteLine($"{Count} services with 3 endpoints each: {clock.ElapsedMilliseconds} ms");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);

        // One endpoint more: the last of them, a different draw, and the endpoint itself.
        ProxiedService changed = Numbered(7, 4);
        NftTransaction change = table.RenderChanges(snapshot.With(changed), [changed.Name]);
        Assert.InRange(change.ToString().Length, 1, 1000);
        clock.Restart();
        await nft.ApplyAsync(change);
        output.WriteLine($"one of them changed: {clock.ElapsedMilliseconds} ms, {change.Statements} statements");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [RootFact]
    public async Task Removing_the_mode_leaves_no_table()
    {
        TestProxy proxy = TestProxy.On(_network);
        await proxy.SetAsync(Sample.Service("10.96.0.1", Sample.Port(443, Sample.Local("10.244.0.2", 6443))));

        await proxy.RemoveAllAsync();

        Assert.Null(await new Nft(_network.Node).ListTableAsync(Table));
    }

    [RootFact]
    public async Task Services_that_claim_the_same_external_address_and_port_are_served_by_the_first_by_name()
    {
        TestProxy proxy = TestProxy.On(_network);
        ProxiedService second = Claiming("b", "10.96.0.2");
        await proxy.SetAsync(second);
        await proxy.SetAsync(Claiming("a", "10.96.0.1"));
        Assert.Contains("external/default/a/tcp/80", await ExternalTargetAsync(), StringComparison.Ordinal);

        await proxy.RemoveAsync(new ServiceName("default", "a"));
        Assert.Contains("external/default/b/tcp/80", await ExternalTargetAsync(), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task IPv6_services_have_a_table_of_their_own()
    {
        TestProxy proxy = new(TestProxy.Options(_network.Node) with
        {
            ServiceRanges = [IPNetwork.Parse("fd00:96::/112")],
            PodRanges = [IPNetwork.Parse("fd00:244::/48")],
        });
        ProxiedService service = Sample.Service(
            "fd00:96::1",
            Sample.Port(443, Sample.Local("fd00:244::2", 6443), Sample.Remote("fd00:244:0:1::2", 6443)) with { NodePort = 30443 }) with
        {
            ClientAffinity = TimeSpan.FromMinutes(1),
            IsExternalTrafficLocal = true,
            LoadBalancerAddresses = [IPAddress.Parse("2001:db8::1")],
            LoadBalancerSourceRanges = [IPNetwork.Parse("2001:db8:1::/48")],
        };

        await proxy.SetAsync(service);
        await proxy.SetAsync(service with { ClientAffinity = null });
        await proxy.RemoveAsync(service.Name);

        Assert.NotNull(await new Nft(_network.Node).ListTableAsync(Table with { Family = "ip6" }));
        Assert.Null(await new Nft(_network.Node).ListTableAsync(Table));
    }

    private static ProxiedService Claiming(string name, string clusterAddress) =>
        Sample.Service(clusterAddress, Sample.Port(80, Sample.Local("10.244.0.9", 80))) with
        {
            Name = new ServiceName("default", name),
            ExternalAddresses = [IPAddress.Parse("192.168.50.200")],
        };

    private static ProxiedService Numbered(int number, int endpoints) =>
        Sample.Service(
            $"10.96.{number / 250}.{(number % 250) + 1}",
            Sample.Port(80, [.. Enumerable.Range(0, endpoints).Select(end => Sample.Remote($"10.244.{number / 250}.{end + 1}", 8080))])) with
        {
            Name = new ServiceName("default", $"service-{number}"),
        };

    private async Task<string> ExternalTargetAsync()
    {
        using JsonDocument? table = await new Nft(_network.Node).ListTableAsync(Table);
        return table!.RootElement.GetProperty("nftables").EnumerateArray()
            .Where(item => item.TryGetProperty("map", out JsonElement map) && map.GetProperty("name").GetString() == NftablesBase.ServiceAddresses)
            .SelectMany(item => item.GetProperty("map").GetProperty("elem").EnumerateArray())
            .Select(element => element.GetRawText())
            .Single(text => text.Contains("192.168.50.200", StringComparison.Ordinal));
    }

    /// <summary>The table as text without what depends on history: handles and the order of things.</summary>
    private async Task<string> ListAsync()
    {
        using JsonDocument? table = await new Nft(_network.Node).ListTableAsync(Table);
        IEnumerable<string> lines = table!.RootElement.GetProperty("nftables").EnumerateArray()
            .Where(item => !item.TryGetProperty("metainfo", out _))
            .SelectMany(Lines);
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>A chain's rules keep their order; elements of a set have none.</summary>
    private static IEnumerable<string> Lines(JsonElement item)
    {
        JsonProperty property = item.EnumerateObject().Single();
        string name = property.Value.TryGetProperty("name", out JsonElement named) ? named.GetString()! : string.Empty;
        if (property.Value.TryGetProperty("elem", out JsonElement elements))
        {
            foreach (JsonElement element in elements.EnumerateArray())
            {
                yield return $"{property.Name} {name} {element.GetRawText()}";
            }

            yield break;
        }

        IEnumerable<string> fields = property.Value.EnumerateObject()
            .Where(field => field.Name != "handle")
            .Select(field => $"{field.Name}={field.Value.GetRawText()}");
        yield return $"{property.Name} {string.Join(' ', fields)}";
    }
}
