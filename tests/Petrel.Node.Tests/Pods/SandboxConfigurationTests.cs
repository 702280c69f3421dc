using System.Net;
using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Pods;
using Xunit;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Tests.Pods;

public sealed class SandboxConfigurationTests
{
    private const string Resolver = "# comment\nnameserver 1.1.1.1\nsearch example.org.\noptions timeout:1\n";

    private static readonly NodeOptions Options = new() { Name = "n", Addresses = [IPAddress.Loopback] };

    private static readonly Pod Pod = new()
    {
        Metadata = new() { Name = "p", Namespace = "ns", Uid = "u" },
        Spec = new() { DnsPolicy = "ClusterFirst", Containers = [new() { Name = "c", Ports = [new() { Port = 80, HostPort = 8080, Protocol = "UDP" }] }] },
        Status = new() { QosClass = "Burstable" },
    };

    [Fact]
    public void A_pod_gets_its_name_cluster_DNS_cgroup_and_namespaces()
    {
        var configuration = SandboxConfiguration.Of(Pod, 1, Options, Resolver);

        Assert.Equal(("p", "/var/log/pods/ns_p_u", "/kubepods/burstable/podu"), (configuration.Hostname, configuration.LogDirectory, configuration.Linux.CgroupParent));
        Assert.Equal(["10.96.0.10"], configuration.DnsConfig.Servers);
        Assert.Equal(["ndots:5"], configuration.DnsConfig.Options);
        Assert.Equal(["ns.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.org"], configuration.DnsConfig.Searches);
        var namespaces = configuration.Linux.SecurityContext.NamespaceOptions;
        Assert.Equal((Cri.NamespaceMode.Pod, Cri.NamespaceMode.Container), (namespaces.Network, namespaces.Pid));
        Assert.Equal((80, 8080, Cri.Protocol.Udp), (configuration.PortMappings[0].ContainerPort, configuration.PortMappings[0].HostPort, configuration.PortMappings[0].Protocol));
    }

    [Fact]
    public void A_pod_in_the_nodes_network_has_no_name_and_the_nodes_resolver()
    {
        var configuration = SandboxConfiguration.Of(Pod with { Spec = Pod.Spec with { HostNetwork = true } }, 0, Options, Resolver);

        Assert.Equal(("", Cri.NamespaceMode.Node), (configuration.Hostname, configuration.Linux.SecurityContext.NamespaceOptions.Network));
        Assert.Equal(["1.1.1.1"], configuration.DnsConfig.Servers);
        Assert.Equal(["example.org"], configuration.DnsConfig.Searches);
    }

    [Fact]
    public void Its_own_resolver_settings_are_added_and_win()
    {
        var own = new PodDNSConfig { Nameservers = ["9.9.9.9"], Options = [new() { Name = "ndots", Value = "2" }, new() { Name = "edns0" }] };
        var configuration = SandboxConfiguration.Of(Pod with { Spec = Pod.Spec with { DnsConfig = own } }, 0, Options, Resolver);

        Assert.Equal(["10.96.0.10", "9.9.9.9"], configuration.DnsConfig.Servers);
        Assert.Equal(["ndots:2", "edns0"], configuration.DnsConfig.Options);
    }

    [Fact]
    public void A_subdomain_makes_a_full_name_and_long_names_are_cut()
    {
        var names = PodNames.Of(Pod with { Spec = Pod.Spec with { Hostname = "h", Subdomain = "s" } }, Options);
        Assert.Equal(("h", "h.s.ns.svc.cluster.local", "h.s.ns.svc.cluster.local"), (names.Hostname, names.FullName, names.KernelName(full: true)));
        Assert.Equal(new string('a', 62), PodNames.Of(Pod with { Metadata = Pod.Metadata with { Name = new string('a', 62) + "-bcd" } }, Options).Hostname);
    }

    [Fact]
    public void The_hosts_file_names_the_pod_and_its_aliases()
    {
        var text = HostsFile.OfPod(["10.0.0.1"], "h", "h.s.ns.svc.cluster.local", [new HostAlias { Ip = "1.2.3.4", Hostnames = ["x", "y"] }]);

        Assert.StartsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n", text, StringComparison.Ordinal);
        Assert.EndsWith("10.0.0.1\th.s.ns.svc.cluster.local\th\n\n# Entries added by HostAliases.\n1.2.3.4\tx\ty\n", text, StringComparison.Ordinal);
        Assert.Equal("# Kubernetes-managed hosts file (host network).\n127.0.0.1 n\n", HostsFile.OfNode("127.0.0.1 n\n", default));
    }
}
