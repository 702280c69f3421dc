using System.Net;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Network.Services;
using Xunit;
using EndpointPort = Petrel.Api.Discovery.EndpointPort;

namespace Petrel.Network.Tests.Services;

public sealed class ServiceTranslationTests
{
    private static readonly Service Plain = new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = "10.96.0.10",
            ClusterIPs = ["10.96.0.10"],
            Ports = [new ServicePort { Name = "http", Protocol = "TCP", Port = 80 }, new ServicePort { Name = "dns", Protocol = "UDP", Port = 53 }],
        },
    };

    private static readonly EndpointSlice Slice = new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web-1" },
        AddressType = "IPv4",
        Ports = [new EndpointPort { Name = "http", Protocol = "TCP", Port = 8080 }, new EndpointPort { Name = "dns", Protocol = "UDP", Port = 5353 }],
        Endpoints =
        [
            new Endpoint { Addresses = ["10.244.0.5"], NodeName = "here" },
            new Endpoint
            {
                Addresses = ["10.244.1.6"],
                NodeName = "there",
                Conditions = new EndpointConditions { Ready = false, Serving = true, Terminating = true },
            },
        ],
    };

    [Fact]
    public void Each_port_gets_the_endpoints_and_ports_of_its_own_name()
    {
        ProxiedService service = Translate(Plain, Slice)!;

        Assert.Equal(new ServiceName("default", "web"), service.Name);
        Assert.Equal([IPAddress.Parse("10.96.0.10")], service.ClusterAddresses.AsEnumerable());
        Assert.Equal([(TransportProtocol.Tcp, 80), (TransportProtocol.Udp, 53)], service.Ports.Select(port => (port.Protocol, port.Port)));
        Assert.Equal([8080, 8080], service.Ports[0].Endpoints.Select(endpoint => endpoint.Port));
        Assert.Equal([5353, 5353], service.Ports[1].Endpoints.Select(endpoint => endpoint.Port));
    }

    [Fact]
    public void Conditions_that_are_not_set_mean_ready()
    {
        ServiceEndpoint[] endpoints = [.. Translate(Plain, Slice)!.Ports[0].Endpoints];

        Assert.Equal((true, true, false, true), (endpoints[0].IsReady, endpoints[0].IsServing, endpoints[0].IsTerminating, endpoints[0].IsLocal));
        Assert.Equal((false, true, true, false), (endpoints[1].IsReady, endpoints[1].IsServing, endpoints[1].IsTerminating, endpoints[1].IsLocal));
    }

    [Theory]
    [InlineData("ExternalName", "")]
    [InlineData("ClusterIP", "None")]
    [InlineData("ClusterIP", "")]
    public void A_service_without_a_virtual_address_is_not_proxied(string type, string address) =>
        Assert.Null(Translate(Plain with { Spec = Plain.Spec with { Type = type, ClusterIP = address } }));

    [Theory]
    [InlineData(ServiceTranslation.OtherProxyLabel)]
    [InlineData(ServiceTranslation.HeadlessLabel)]
    public void A_service_of_another_proxy_is_left_alone(string label) =>
        Assert.Null(Translate(Plain with { Metadata = Plain.Metadata with { Labels = new ApiMap<string>().With(label, "") } }));

    [Fact]
    public void Everything_else_of_a_load_balancer_is_taken_over()
    {
        ProxiedService service = Translate(Plain with
        {
            Spec = Plain.Spec with
            {
                Type = "LoadBalancer",
                ExternalIPs = ["192.168.0.1"],
                SessionAffinity = "ClientIP",
                SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 5 } },
                InternalTrafficPolicy = "Local",
                ExternalTrafficPolicy = "Local",
                LoadBalancerSourceRanges = [" 10.1.2.3/8", "nonsense"],
                Ports = [new ServicePort { Name = "http", Protocol = "TCP", Port = 80, NodePort = 30080 }],
            },
            Status = new ServiceStatus
            {
                LoadBalancer = new LoadBalancerStatus
                {
                    Ingress =
                    [
                        new LoadBalancerIngress { Ip = "203.0.113.1" },
                        new LoadBalancerIngress { Ip = "203.0.113.2", IpMode = "Proxy" },
                        new LoadBalancerIngress { Hostname = "lb.example.com" },
                    ],
                },
            },
        })!;

        Assert.Equal([IPAddress.Parse("192.168.0.1")], service.ExternalAddresses.AsEnumerable());
        Assert.Equal([IPAddress.Parse("203.0.113.1")], service.LoadBalancerAddresses.AsEnumerable());
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8")], service.LoadBalancerSourceRanges.AsEnumerable());
        Assert.Equal(TimeSpan.FromSeconds(5), service.ClientAffinity);
        Assert.True(service.IsInternalTrafficLocal);
        Assert.True(service.IsExternalTrafficLocal);
        Assert.Equal(30080, service.Ports[0].NodePort);
    }

    [Fact]
    public void Client_affinity_lasts_three_hours_unless_configured() => Assert.Equal(
        TimeSpan.FromHours(3),
        Translate(Plain with { Spec = Plain.Spec with { SessionAffinity = "ClientIP" } })!.ClientAffinity);

    [Fact]
    public void Source_ranges_of_which_none_can_be_read_let_nobody_in() => Assert.Equal(
        [IPNetwork.Parse("0.0.0.0/32")],
        Translate(Plain with { Spec = Plain.Spec with { LoadBalancerSourceRanges = ["nonsense"] } })!.LoadBalancerSourceRanges.AsEnumerable());

    [Theory]
    [InlineData("010.020.000.1", "10.20.0.1")]
    [InlineData("fd00::1", "fd00::1")]
    [InlineData("web.example.com", null)]
    public void Leading_zeros_of_an_address_are_decimal(string text, string? address) =>
        Assert.Equal(address, AddressText.Address(text)?.ToString());

    private static ProxiedService? Translate(Service service, params EndpointSlice[] slices) =>
        new ServiceTranslation("here").Translate(service, slices);
}
