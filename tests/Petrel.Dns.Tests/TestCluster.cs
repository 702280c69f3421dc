using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Tests;

/// <summary>The cluster that the cases ask about: one service of every sort.</summary>
internal static class TestCluster
{
    private static readonly PortRecord Http = new("http", "TCP", 80);

    public static void Fill(ClusterIndex records)
    {
        records.SetNamespace("default");
        records.SetNamespace("empty");
        AddClusterServices(records);
        AddHeadlessServices(records);
        AddAliases(records);
        records.MarkSynced();
    }

    public static ServiceRecord ClusterService(string name, string addresses, params ImmutableArray<PortRecord> ports) =>
        new("default", name, Addresses(addresses), IsHeadless: false, Alias: null, ports);

    public static ServiceRecord Headless(string name, params ImmutableArray<PortRecord> ports) =>
        new("default", name, [], IsHeadless: true, Alias: null, ports);

    public static EndpointSliceRecord Slice(string name, string service, ImmutableArray<PortRecord> ports, params ImmutableArray<EndpointRecord> endpoints) =>
        new("default", name, service, endpoints, ports);

    public static EndpointRecord Endpoint(string address, string? hostname = null) => new(IPAddress.Parse(address), hostname);

    private static void AddClusterServices(ClusterIndex records)
    {
        records.SetService(ClusterService("web", "10.96.0.20", Http, new PortRecord("dns", "UDP", 53)));
        records.SetEndpointSlice(Slice("web-1", "web", [new PortRecord("http", "TCP", 8080)], Endpoint("10.244.0.5"), Endpoint("10.244.0.6")));
        records.SetService(ClusterService("dual", "10.96.0.21 fd00:96::21", Http));
        records.SetService(ClusterService("unnamed", "10.96.0.22", new PortRecord("", "TCP", 80)));
    }

    private static void AddHeadlessServices(ClusterIndex records)
    {
        records.SetService(Headless("db", Http));
        records.SetEndpointSlice(Slice("db-1", "db", [Http], Endpoint("10.244.0.10", "db-0"), Endpoint("10.244.0.11", "db-1"), Endpoint("10.244.0.12")));
        records.SetEndpointSlice(Slice("db-2", "db", [Http], Endpoint("fd00:244::10", "db-0")));
        records.SetService(Headless("portless"));
        records.SetEndpointSlice(Slice("portless-1", "portless", [], Endpoint("10.244.0.30")));
        records.SetService(Headless("nobody", Http));
    }

    private static void AddAliases(ClusterIndex records)
    {
        records.SetService(Alias("inside", "web.default.svc.cluster.local"));
        records.SetService(Alias("dangling", "nothing.default.svc.cluster.local"));
        records.SetService(Alias("self", "self.default.svc.cluster.local"));
        records.SetService(Alias("ping", "pong.default.svc.cluster.local"));
        records.SetService(Alias("pong", "ping.default.svc.cluster.local"));
    }

    public static ServiceRecord Alias(string name, string target) =>
        new("default", name, [], IsHeadless: false, DnsName.Parse(target), []);

    private static ImmutableArray<IPAddress> Addresses(string addresses) => [.. addresses.Split(' ').Select(IPAddress.Parse)];
}
