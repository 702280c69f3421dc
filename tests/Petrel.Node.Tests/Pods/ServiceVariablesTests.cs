using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class ServiceVariablesTests
{
    private static readonly Service[] Services =
    [
        Service("default", "kubernetes", "10.96.0.1", new ServicePort { Name = "https", Port = 443, Protocol = "TCP" }),
        Service("default", "other", "10.96.0.2", new ServicePort { Port = 1 }),
        Service("shop", "web-api", "10.96.0.3", new ServicePort { Name = "h-1", Port = 80, Protocol = "TCP" }, new ServicePort { Name = "u", Port = 53, Protocol = "UDP" }),
        Service("shop", "headless", "None", new ServicePort { Port = 80 }),
        Service("shop", "external", "", new ServicePort { Port = 80 }),
    ];

    [Fact]
    public void Services_of_the_namespace_and_the_API_server_are_told()
    {
        var variables = ServiceVariables.Of(Services, "shop", enableLinks: true);

        Assert.Equal(("10.96.0.1", "443", "tcp://10.96.0.1:443"), (variables["KUBERNETES_SERVICE_HOST"], variables["KUBERNETES_SERVICE_PORT_HTTPS"], variables["KUBERNETES_PORT"]));
        Assert.Equal(("10.96.0.3", "80", "80"), (variables["WEB_API_SERVICE_HOST"], variables["WEB_API_SERVICE_PORT"], variables["WEB_API_SERVICE_PORT_H_1"]));
        Assert.Equal(
            ("udp://10.96.0.3:53", "udp", "53", "10.96.0.3"),
            (variables["WEB_API_PORT_53_UDP"], variables["WEB_API_PORT_53_UDP_PROTO"], variables["WEB_API_PORT_53_UDP_PORT"], variables["WEB_API_PORT_53_UDP_ADDR"]));
        Assert.DoesNotContain(variables.Keys, key => key.StartsWith("HEADLESS", StringComparison.Ordinal) || key.StartsWith("EXTERNAL", StringComparison.Ordinal) || key.StartsWith("OTHER", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_links_only_the_API_server_is_told() =>
        Assert.All(ServiceVariables.Of(Services, "shop", enableLinks: false).Keys, key => Assert.StartsWith("KUBERNETES_", key, StringComparison.Ordinal));

    private static Service Service(string @namespace, string name, string address, params ServicePort[] ports) => new()
    {
        Metadata = new() { Namespace = @namespace, Name = name },
        Spec = new() { ClusterIP = address, Ports = [.. ports] },
    };
}
