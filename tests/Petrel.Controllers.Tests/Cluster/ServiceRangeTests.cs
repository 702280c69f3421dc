using Petrel.Api.Core;
using Petrel.Api.Networking;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class ServiceRangeTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_range_is_ready_and_stays_while_its_addresses_are_in_use()
    {
        await CreateAsync("extra", "192.168.0.0/24");
        await UntilReadyAsync("extra", "True", "Kubernetes Service CIDR is ready");
        await _cluster.Api.CreateAsync(new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { ClusterIP = "192.168.0.7", Ports = [new() { Port = 80 }] } }, default);

        await _cluster.Api.DeleteAsync<ServiceCIDR>(null, "extra", null, default);
        var range = await UntilReadyAsync("extra", "False", "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR");
        Assert.Equal(("Terminating", "networking.k8s.io/service-cidr-finalizer"), (range.Status.Conditions[0].Reason, range.Metadata.Finalizers[0]));
        Assert.Contains(range.Metadata.ManagedFields, static entry => entry is { Manager: "service-cidr-controller", Operation: "Apply", Subresource: "status" });

        // Another range that has the address lets the first one go.
        await CreateAsync("wider", "192.168.0.0/16");
        await _cluster.UntilGoneAsync<ServiceCIDR>(null, "extra");
        await UntilReadyAsync("wider", "True", "Kubernetes Service CIDR is ready");
    }

    private Task<ServiceCIDR> CreateAsync(string name, string range) =>
        _cluster.Api.CreateAsync(new ServiceCIDR { Metadata = new() { Name = name }, Spec = new() { Cidrs = [range] } }, default);

    private Task<ServiceCIDR> UntilReadyAsync(string name, string status, string message) =>
        _cluster.UntilAsync<ServiceCIDR>(null, name, range => range.Status.Conditions is [{ Type: "Ready" } ready] && ready.Status == status && ready.Message == message);
}
