using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Dns.Kubernetes;
using Xunit;
using EndpointPort = Petrel.Api.Discovery.EndpointPort;

namespace Petrel.Dns.Tests.Kubernetes;

public sealed class ApiRecordsTests
{
    private static readonly ObjectMeta Web = new() { Namespace = "default", Name = "web" };

    [Fact]
    public void A_service_has_its_cluster_addresses_and_ports()
    {
        ServiceRecord record = ApiRecords.From(Service(new ServiceSpec
        {
            ClusterIP = "10.96.0.20",
            ClusterIPs = ["10.96.0.20", "fd00::20"],
            Ports = [new ServicePort { Name = "http", Port = 80 }, new ServicePort { Name = "dns", Port = 53, Protocol = "UDP" }],
        }))!;
        Assert.Equal(("default", "web"), (record.Namespace, record.Name));
        Assert.Equal(["10.96.0.20", "fd00::20"], record.ClusterAddresses.Select(address => address.ToString()));
        Assert.False(record.IsHeadless);
        Assert.Null(record.Alias);
        Assert.Equal([new PortRecord("http", "TCP", 80), new PortRecord("dns", "UDP", 53)], record.Ports.AsEnumerable());
    }

    [Fact]
    public void A_service_with_only_the_old_field_has_its_address() =>
        Assert.Equal("10.96.0.20", Assert.Single(ApiRecords.From(Service(new ServiceSpec { ClusterIP = "10.96.0.20" }))!.ClusterAddresses).ToString());

    [Fact]
    public void None_makes_a_service_headless()
    {
        ServiceRecord record = ApiRecords.From(Service(new ServiceSpec { ClusterIP = "None", ClusterIPs = ["None"] }))!;
        Assert.True(record.IsHeadless);
        Assert.Empty(record.ClusterAddresses);
    }

    [Theory]
    [InlineData("www.example.com", "www.example.com.")]
    [InlineData("www.example.com.", "www.example.com.")]
    [InlineData("192.0.2.1", null)]
    [InlineData("", null)]
    public void An_external_name_is_an_alias_unless_it_is_no_name(string externalName, string? alias) =>
        Assert.Equal(alias, ApiRecords.From(Service(new ServiceSpec { Type = "ExternalName", ExternalName = externalName }))?.Alias?.ToString());

    [Fact]
    public void A_slice_has_its_endpoints_but_those_not_ready()
    {
        EndpointSliceRecord record = ApiRecords.From(new EndpointSlice
        {
            Metadata = Web with { Name = "web-x7k2p", Labels = new ApiMap<string>().With("kubernetes.io/service-name", "web") },
            AddressType = "IPv4",
            Endpoints =
            [
                new Endpoint { Addresses = ["10.244.0.1"], Hostname = "web-0", Conditions = new EndpointConditions { Ready = true } },
                new Endpoint { Addresses = ["10.244.0.2"] },
                new Endpoint { Addresses = ["10.244.0.3"], Conditions = new EndpointConditions { Ready = false, Serving = true } },
            ],
            Ports = [new EndpointPort { Name = "http", Port = 8080 }, new EndpointPort { Port = 53, Protocol = "UDP" }, new EndpointPort { Name = "all" }],
        })!;
        Assert.Equal(("default", "web-x7k2p", "web"), (record.Namespace, record.Name, record.ServiceName));
        Assert.Equal(["web-0", "10-244-0-2"], record.Endpoints.Select(endpoint => endpoint.Label));
        Assert.Equal([new PortRecord("http", "TCP", 8080), new PortRecord("", "UDP", 53)], record.Ports.AsEnumerable());
    }

    [Fact]
    public void A_slice_of_no_service_has_no_names() => Assert.Null(ApiRecords.From(new EndpointSlice { Metadata = Web, AddressType = "IPv4" }));

    [Fact]
    public void A_slice_of_domain_names_has_no_addresses()
    {
        EndpointSlice slice = new()
        {
            Metadata = Web with { Labels = new ApiMap<string>().With("kubernetes.io/service-name", "web") },
            AddressType = "FQDN",
            Endpoints = [new Endpoint { Addresses = ["www.example.com"] }],
        };
        Assert.Empty(ApiRecords.From(slice)!.Endpoints);
    }

    private static Service Service(ServiceSpec spec) => new() { Metadata = Web, Spec = spec };
}
