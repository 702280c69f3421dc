using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class EndpointTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_service_without_pods_has_empty_endpoints_and_an_empty_slice()
    {
        await CreateServiceAsync();
        var endpoints = await _cluster.UntilAsync<Api.Core.Endpoints>("default", "s", static _ => true);
        Assert.Equal(
            [("endpoints.kubernetes.io/managed-by", "endpoint-controller"), ("l", "m")],
            endpoints.Metadata.Labels.Select(static entry => (entry.Key, entry.Value)));
        Assert.True(endpoints.Subsets.IsEmpty);
        Assert.Contains("endpoints.kubernetes.io/last-change-trigger-time", endpoints.Metadata.Annotations.Keys);
        var slice = Assert.Single(await SlicesAsync(static slices => slices.Count == 1));
        Assert.Equal(
            [("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"), ("kubernetes.io/service-name", "s"), ("l", "m")],
            slice.Metadata.Labels.Select(static entry => (entry.Key, entry.Value)));
        Assert.StartsWith("s-", slice.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal("Service", Assert.Single(slice.Metadata.OwnerReferences).Kind);
        Assert.True(slice.Endpoints.IsEmpty && slice.Ports.IsEmpty);
    }

    [Fact]
    public async Task Pods_come_and_go_with_their_readiness()
    {
        await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = "n1", Labels = ApiMap.FromPairs(("topology.kubernetes.io/zone", "z1")) } }, default);
        await CreateServiceAsync();
        var pod = Samples.Pod("p", "a");
        pod = await _cluster.Api.CreateAsync(pod with { Spec = pod.Spec with { NodeName = "n1" } }, default);
        await _cluster.MakeReadyAsync(pod);
        var slice = Assert.Single(await SlicesAsync(static slices => slices is [{ Endpoints.Count: 1 }]));
        var endpoint = slice.Endpoints[0];
        Assert.Equal(["10.244.0.7"], endpoint.Addresses);
        Assert.Equal(((bool?)true, (bool?)true, (bool?)false), (endpoint.Conditions.Ready, endpoint.Conditions.Serving, endpoint.Conditions.Terminating));
        Assert.Equal(("n1", "z1", "p"), (endpoint.NodeName, endpoint.Zone, endpoint.TargetRef!.Name));
        Assert.Equal(new Api.Discovery.EndpointPort { Name = "", Port = 8080, Protocol = "TCP" }, Assert.Single(slice.Ports));
        var endpoints = await _cluster.UntilAsync<Api.Core.Endpoints>("default", "s", static value => value.Subsets.Count == 1);
        Assert.Equal(("10.244.0.7", 8080), (endpoints.Subsets[0].Addresses[0].Ip, endpoints.Subsets[0].Ports[0].Port));
        await _cluster.PatchAsync<Pod>("default", "p", """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", "status");
        await SlicesAsync(static slices => slices is [{ Endpoints: [{ Conditions.Ready: false }] }]);
        await _cluster.UntilAsync<Api.Core.Endpoints>("default", "s", static value => value.Subsets is [{ Addresses.IsEmpty: true, NotReadyAddresses.Count: 1 }]);
        await _cluster.Api.DeleteAsync<Pod>("default", "p", new() { GracePeriodSeconds = 0 }, default);
        await SlicesAsync(static slices => slices is [{ Endpoints.IsEmpty: true }]);
        await _cluster.UntilAsync<Api.Core.Endpoints>("default", "s", static value => value.Subsets.IsEmpty);
    }

    [Fact]
    public async Task Endpoints_and_slices_go_with_their_service()
    {
        await CreateServiceAsync();
        await SlicesAsync(static slices => slices.Count == 1);
        await _cluster.UntilAsync<Api.Core.Endpoints>("default", "s", static _ => true);
        await _cluster.Api.DeleteAsync<Service>("default", "s", null, default);
        await SlicesAsync(static slices => slices.Count == 0);
        await _cluster.UntilGoneAsync<Api.Core.Endpoints>("default", "s");
    }

    [Fact]
    public async Task A_slice_that_someone_deletes_comes_back()
    {
        await CreateServiceAsync();
        var slice = Assert.Single(await SlicesAsync(static slices => slices.Count == 1));
        await _cluster.Api.DeleteAsync<EndpointSlice>("default", slice.Metadata.Name, null, default);
        await SlicesAsync(slices => slices.Count == 1 && slices[0].Metadata.Uid != slice.Metadata.Uid);
    }

    [Fact]
    public async Task Endpoints_of_a_service_without_selector_are_mirrored_as_long_as_they_may_be()
    {
        await _cluster.Api.CreateAsync(new Service { Metadata = new() { Name = "m", Namespace = "default" }, Spec = new() { Ports = [new ServicePort { Port = 80 }] } }, default);
        await _cluster.Api.CreateAsync(
            new Api.Core.Endpoints
            {
                Metadata = new() { Name = "m", Namespace = "default", Labels = ApiMap.FromPairs(("q", "r")), Annotations = ApiMap.FromPairs(("note", "here")) },
                Subsets =
                [
                    new EndpointSubset
                    {
                        Addresses = [new EndpointAddress { Ip = "192.0.2.9", Hostname = "h" }, new EndpointAddress { Ip = "2001:db8::9" }],
                        NotReadyAddresses = [new EndpointAddress { Ip = "192.0.2.10" }],
                        Ports = [new Api.Core.EndpointPort { Name = "web", Port = 8080 }],
                    },
                ],
            },
            default);
        var slices = await SlicesAsync(static slices => slices.Count == 2);
        var slice = slices.Single(static slice => slice.AddressType == "IPv4");
        Assert.Equal(
            [("endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io"), ("kubernetes.io/service-name", "m"), ("q", "r")],
            slice.Metadata.Labels.Select(static entry => (entry.Key, entry.Value)));
        Assert.Equal([("note", "here")], slice.Metadata.Annotations.Select(static entry => (entry.Key, entry.Value)));
        Assert.Equal(("Endpoints", "m", true), (slice.Metadata.OwnerReferences[0].Kind, slice.Metadata.OwnerReferences[0].Name, slice.Metadata.OwnerReferences[0].Controller));
        Assert.Equal([("192.0.2.9", true, "h"), ("192.0.2.10", false, null)], slice.Endpoints.Select(static endpoint => (endpoint.Addresses[0], endpoint.Conditions.Ready == true, endpoint.Hostname)));
        Assert.Equal(("web", 8080, "TCP"), (slice.Ports[0].Name, slice.Ports[0].Port, slice.Ports[0].Protocol));

        await _cluster.PatchAsync<Api.Core.Endpoints>("default", "m", """{"metadata":{"annotations":{"note":null}},"subsets":[{"addresses":[{"ip":"192.0.2.11"}],"ports":[{"name":"web","port":8080}]}]}""");
        await SlicesAsync(static slices => slices is [{ AddressType: "IPv4", Metadata.Annotations.IsEmpty: true, Endpoints: [{ Addresses: ["192.0.2.11"] }] }]);
        await _cluster.PatchAsync<Api.Core.Endpoints>("default", "m", """{"metadata":{"labels":{"endpointslice.kubernetes.io/skip-mirror":"true"}}}""");
        await SlicesAsync(static slices => slices.Count == 0);
    }

    private Task CreateServiceAsync() => _cluster.Api.CreateAsync(
        new Service
        {
            Metadata = new() { Name = "s", Namespace = "default", Labels = ApiMap.FromPairs(("l", "m")) },
            Spec = new() { Selector = ApiMap.FromPairs(("app", "a")), Ports = [new ServicePort { Port = 80, TargetPort = 8080 }] },
        },
        CancellationToken.None);

    private Task<IReadOnlyList<EndpointSlice>> SlicesAsync(Func<IReadOnlyList<EndpointSlice>, bool> condition) => _cluster.UntilListAsync("default", condition);
}
