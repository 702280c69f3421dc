using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Services;

/// <summary>Addresses of services from ranges that were added while the server runs.</summary>
public sealed class ServiceRangesTests
{
    [Fact]
    public async Task A_full_range_is_helped_out_by_an_added_one_until_that_is_deleted()
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/30");
        await CreateAsync(server, "a");
        await CreateAsync(server, "b");
        await RefusedAsync(server, "c", "Internal error occurred: failed to allocate a serviceIP: range is full");

        await AddAsync(server, "extra", "192.168.7.0/30");
        Assert.StartsWith("192.168.7.", (await CreateAsync(server, "c")).Spec.ClusterIP, StringComparison.Ordinal);
        var address = await server.Admin.GetAsync<IPAddress>(null, (await CreateAsync(server, "d")).Spec.ClusterIP, default);
        Assert.Equal("d", address.Spec.ParentRef!.Name);
        await RefusedAsync(server, "e", "Internal error occurred: failed to allocate a serviceIP: range is full");

        // Given back, an address can be had again; but not once its range goes away, and its object goes with its service all the same.
        await server.Admin.DeleteAsync<Service>("default", "d", null, default);
        await CreateAsync(server, "d", address.Metadata.Name);
        await server.Admin.DeleteAsync<ServiceCIDR>(null, "extra", null, default);
        await server.Admin.DeleteAsync<Service>("default", "d", null, default);
        Assert.Null(await server.Admin.FindAsync<IPAddress>(null, address.Metadata.Name, default));
        await RefusedAsync(
            server,
            "d",
            $"Service \"d\" is invalid: spec.clusterIPs: Invalid value: []string{{\"{address.Metadata.Name}\"}}: failed to allocate IP {address.Metadata.Name}: the provided network does not match the current range",
            address.Metadata.Name);
    }

    [Fact]
    public async Task A_range_that_is_not_ready_gives_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var range = await AddAsync(server, "extra", "192.168.7.0/28");
        await server.Admin.UpdateStatusAsync(range with { Status = new() { Conditions = [new Condition { Type = "Ready", Status = "False", Reason = "r", LastTransitionTime = DateTimeOffset.UnixEpoch }] } }, default);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "a", "192.168.7.3"));
        Assert.EndsWith("the provided network does not match the current range", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overlapping_ranges_give_no_address_twice()
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/30");
        var taken = new[] { (await CreateAsync(server, "a")).Spec.ClusterIP, (await CreateAsync(server, "b")).Spec.ClusterIP };
        await AddAsync(server, "wide", "10.96.0.0/29");
        var addresses = new HashSet<string>(taken, StringComparer.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(addresses.Add((await CreateAsync(server, "c" + i)).Spec.ClusterIP));
        }

        await RefusedAsync(server, "d", "Internal error occurred: failed to allocate a serviceIP: range is full");
        await RefusedAsync(
            server, "d", $"Service \"d\" is invalid: spec.clusterIPs: Invalid value: []string{{\"{taken[0]}\"}}: failed to allocate IP {taken[0]}: provided IP is already allocated", taken[0]);
    }

    [Fact]
    public async Task Addresses_of_added_ranges_are_known_after_a_restart()
    {
        await using var store = Petrel.Storage.Backends.Embedded.EmbeddedStore.OpenInMemory();
        await using (var first = await TestServer.StartAsync(store: store))
        {
            await AddAsync(first, "extra", "192.168.7.0/28");
            await CreateAsync(first, "a", "192.168.7.3");
        }

        await using var second = await TestServer.StartAsync(store: store);
        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(second, "b", "192.168.7.3"));
        await CreateAsync(second, "b", "192.168.7.4");
        Assert.NotNull(await second.Admin.FindAsync<IPAddress>(null, "192.168.7.3", default));
    }

    private static Task<Service> CreateAsync(TestServer server, string name, string address = "") => server.Admin.CreateAsync(
        new Service { Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Spec = new ServiceSpec { ClusterIP = address, Ports = [new ServicePort { Port = 80 }] } }, default);

    private static Task<ServiceCIDR> AddAsync(TestServer server, string name, string range) =>
        server.Admin.CreateAsync(new ServiceCIDR { Metadata = new ObjectMeta { Name = name }, Spec = new ServiceCIDRSpec { Cidrs = [range] } }, default);

    private static async Task RefusedAsync(TestServer server, string name, string message, string address = "") =>
        Assert.Equal(message, (await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, name, address))).Message);
}
