using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.ApiServer.Tests.Services;

public sealed class ServiceAllocationTests
{
    private static readonly ServicePort Http = new() { Port = 80 };

    [Fact]
    public async Task Requested_addresses_and_ports_are_refused_while_they_are_taken_and_free_again_after_deletion()
    {
        await using var server = await TestServer.StartAsync();
        var first = await CreateAsync(server, "a", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
        Assert.Equal(("10.96.0.10", 30001), (first.Spec.ClusterIPs[0], first.Spec.Ports[0].NodePort));

        var address = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "b", new ServiceSpec { ClusterIP = "10.96.0.10", Ports = [Http] }));
        Assert.Equal(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: []string{\"10.96.0.10\"}: failed to allocate IP 10.96.0.10: provided IP is already allocated",
            address.Message);
        var port = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "b", new ServiceSpec { Type = "NodePort", Ports = [Http with { NodePort = 30001 }] }));
        Assert.Equal("Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated", port.Message);

        await DeleteAsync(server, "a");
        await CreateAsync(server, "b", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
    }

    [Fact]
    public async Task A_refused_write_gives_back_what_it_had_taken()
    {
        await using var server = await TestServer.StartAsync();
        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(
            server, "a", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }, Http with { Port = 81, NodePort = 30001 }] }));
        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "NOT-A-NAME", new ServiceSpec { ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] }));
        await CreateAsync(server, "a", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
    }

    [Fact]
    public async Task Changes_of_type_take_and_release()
    {
        await using var server = await TestServer.StartAsync();
        var service = await CreateAsync(server, "a", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
        service = await server.Admin.UpdateAsync(service with { Spec = service.Spec with { Type = "ClusterIP" } }, CancellationToken.None);
        Assert.Equal((0, "10.96.0.10"), (service.Spec.Ports[0].NodePort, service.Spec.ClusterIP));
        await CreateAsync(server, "port", new ServiceSpec { Type = "NodePort", Ports = [Http with { NodePort = 30001 }] });

        service = await server.Admin.UpdateAsync(service with { Spec = service.Spec with { Type = "ExternalName", ExternalName = "example.com" } }, CancellationToken.None);
        Assert.Equal(("", 0), (service.Spec.ClusterIP, service.Spec.ClusterIPs.Count));
        await CreateAsync(server, "address", new ServiceSpec { ClusterIP = "10.96.0.10", Ports = [Http] });

        service = await server.Admin.UpdateAsync(service with { Spec = service.Spec with { Type = "LoadBalancer", ExternalName = "", ExternalTrafficPolicy = "Local" } }, CancellationToken.None);
        Assert.StartsWith("10.", service.Spec.ClusterIP, StringComparison.Ordinal);
        Assert.InRange(service.Spec.HealthCheckNodePort, 30086, 32767);
        Assert.InRange(service.Spec.Ports[0].NodePort, 30086, 32767);
        Assert.NotEqual(service.Spec.HealthCheckNodePort, service.Spec.Ports[0].NodePort);
    }

    [Fact]
    public async Task A_replacement_that_names_neither_version_nor_address_keeps_both_address_and_port()
    {
        await using var server = await TestServer.StartAsync();
        var spec = new ServiceSpec { Type = "NodePort", Ports = [Http] };
        var service = await CreateAsync(server, "a", spec);
        var replaced = await server.Admin.UpdateAsync(Of("a", spec with { Selector = ApiMap.FromPairs([("app", "x")]) }), CancellationToken.None);
        Assert.Equal((service.Spec.ClusterIP, service.Spec.Ports[0].NodePort), (replaced.Spec.ClusterIP, replaced.Spec.Ports[0].NodePort));
    }

    [Fact]
    public async Task Ports_that_differ_only_in_protocol_share_a_node_port()
    {
        await using var server = await TestServer.StartAsync();
        var service = await CreateAsync(server, "dns", new ServiceSpec
        {
            Type = "NodePort",
            Ports = [new() { Name = "udp", Port = 53, Protocol = "UDP" }, new() { Name = "tcp", Port = 53, Protocol = "TCP" }],
        });
        Assert.Equal(service.Spec.Ports[0].NodePort, service.Spec.Ports[1].NodePort);
    }

    [Fact]
    public async Task A_dry_run_shows_an_address_and_takes_none()
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/30");
        for (var i = 0; i < 5; i++)
        {
            var request = new ApiRequest("POST", "/api/v1/namespaces/default/services?dryRun=All") { Body = JsonEncoding.Encode(Of("a", new ServiceSpec { Ports = [Http] })) };
            var answer = await server.Admin.SendAsync(request, CancellationToken.None);
            Assert.Equal(201, answer.StatusCode);
            var shown = JsonDecoder.Decode<Service>(answer.Body.Span, new DecodeProblems());
            Assert.StartsWith("10.96.0.", shown.Spec.ClusterIP, StringComparison.Ordinal);
            Assert.Equal("", shown.Metadata.ResourceVersion);
        }

        await CreateAsync(server, "a", new ServiceSpec { Ports = [Http] });
        await CreateAsync(server, "b", new ServiceSpec { Ports = [Http] });
        var full = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "c", new ServiceSpec { Ports = [Http] }));
        Assert.Equal("Internal error occurred: failed to allocate a serviceIP: range is full", full.Message);
    }

    [Fact]
    public async Task Many_writers_never_get_the_same_address()
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/24");
        var created = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            try
            {
                var service = await CreateAsync(server, $"s{i}", new ServiceSpec { Type = "NodePort", Ports = [Http] });
                if (i % 3 != 0)
                {
                    return service;
                }

                await DeleteAsync(server, service.Metadata.Name);
                return null;
            }
            catch (ApiException full) when (full.Message.EndsWith("range is full", StringComparison.Ordinal))
            {
                return null;
            }
        }));
        var kept = created.OfType<Service>().ToList();
        Assert.Equal(kept.Count, kept.Select(service => service.Spec.ClusterIP).Distinct().Count());
        Assert.Equal(kept.Count, kept.Select(service => service.Spec.Ports[0].NodePort).Distinct().Count());

        // What was deleted or refused can be had again, all of it.
        for (var i = kept.Count; i < 254; i++)
        {
            await CreateAsync(server, $"more{i}", new ServiceSpec { Ports = [Http] });
        }

        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, "last", new ServiceSpec { Ports = [Http] }));
    }

    [Fact]
    public async Task After_a_restart_what_is_stored_is_taken()
    {
        await using var store = EmbeddedStore.OpenInMemory();
        await using (var before = await TestServer.StartAsync(store: store))
        {
            await CreateAsync(before, "a", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
        }

        await using var after = await TestServer.StartAsync(store: store);
        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(after, "b", new ServiceSpec { ClusterIP = "10.96.0.10", Ports = [Http] }));
        await Assert.ThrowsAsync<ApiException>(() => CreateAsync(after, "b", new ServiceSpec { Type = "NodePort", Ports = [Http with { NodePort = 30001 }] }));
        await DeleteAsync(after, "a");
        await CreateAsync(after, "b", new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.10", Ports = [Http with { NodePort = 30001 }] });
    }

    [Fact]
    public async Task A_cluster_of_two_families_gives_one_address_or_both_as_the_policy_says()
    {
        await using var server = await TestServer.StartAsync(servicesIn: "10.96.0.0/16,fd00:96::/112");
        var single = await CreateAsync(server, "single", new ServiceSpec { Ports = [Http] });
        Assert.Equal(("SingleStack", "IPv4"), (single.Spec.IpFamilyPolicy, Assert.Single(single.Spec.IpFamilies)));

        var both = await CreateAsync(server, "both", new ServiceSpec { IpFamilyPolicy = "PreferDualStack", Ports = [Http] });
        Assert.Equal(["IPv4", "IPv6"], both.Spec.IpFamilies);
        Assert.StartsWith("fd00:96::", both.Spec.ClusterIPs[1], StringComparison.Ordinal);

        var more = await server.Admin.UpdateAsync(single with { Spec = single.Spec with { IpFamilyPolicy = "RequireDualStack" } }, CancellationToken.None);
        Assert.Equal((2, single.Spec.ClusterIP), (more.Spec.ClusterIPs.Count, more.Spec.ClusterIPs[0]));
        var second = more.Spec.ClusterIPs[1];
        var less = await server.Admin.UpdateAsync(more with { Spec = more.Spec with { IpFamilyPolicy = "SingleStack" } }, CancellationToken.None);
        Assert.Equal(single.Spec.ClusterIP, Assert.Single(less.Spec.ClusterIPs));
        await CreateAsync(server, "reused", new ServiceSpec { ClusterIP = second, Ports = [Http] });
    }

    private static Service Of(string name, ServiceSpec spec) => new() { Metadata = new ObjectMeta { Namespace = "default", Name = name }, Spec = spec };

    private static Task<Service> CreateAsync(TestServer server, string name, ServiceSpec spec) => server.Admin.CreateAsync(Of(name, spec), CancellationToken.None);

    private static Task DeleteAsync(TestServer server, string name) => server.Admin.DeleteAsync<Service>("default", name, null, CancellationToken.None);
}
