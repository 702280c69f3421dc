using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A service as a row.</summary>
internal static class ServiceTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Type", Description:
            "type determines how the Service is exposed. Defaults to ClusterIP. Valid options are ExternalName, ClusterIP, NodePort, and LoadBalancer. "
            + "\"ClusterIP\" allocates a cluster-internal IP address for load-balancing to endpoints. Endpoints are determined by the selector or if that is not "
            + "specified, by manual construction of an Endpoints object or EndpointSlice objects. If clusterIP is \"None\", no virtual IP is allocated and the "
            + "endpoints are published as a set of endpoints rather than a virtual IP. \"NodePort\" builds on ClusterIP and allocates a port on every node which "
            + "routes to the same endpoints as the clusterIP. \"LoadBalancer\" builds on NodePort and creates an external load-balancer (if supported in the current "
            + "cloud) which routes to the same endpoints as the clusterIP. \"ExternalName\" aliases this service to the specified externalName. Several other fields "
            + "do not apply to ExternalName services. More info: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types"),
        new("Cluster-IP", Description:
            "clusterIP is the IP address of the service and is usually assigned randomly. If an address is specified manually, is in-range (as per system "
            + "configuration), and is not in use, it will be allocated to the service; otherwise creation of the service will fail. This field may not be changed "
            + "through updates unless the type field is also being changed to ExternalName (which requires this field to be blank) or the type field is being changed "
            + "from ExternalName (in which case this field may optionally be specified, as describe above).  Valid values are \"None\", empty string (\"\"), or a "
            + "valid IP address. Setting this to \"None\" makes a \"headless service\" (no virtual IP), which is useful when direct endpoint connections are "
            + "preferred and proxying is not required.  Only applies to types ClusterIP, NodePort, and LoadBalancer. If this field is specified when creating a "
            + "Service of type ExternalName, creation will fail. This field will be wiped when updating a Service to type ExternalName. More info: "
            + "https://kubernetes.io/docs/concepts/services-networking/service/#virtual-ips-and-service-proxies"),
        new("External-IP", Description:
            "externalIPs is a list of IP addresses for which nodes in the cluster will also accept traffic for this service.  These IPs are not managed by "
            + "Kubernetes.  The user is responsible for ensuring that traffic arrives at a node with this IP.  A common example is external load-balancers that are "
            + "not part of the Kubernetes system."),
        new("Port(s)", Description:
            "The list of ports that are exposed by this service. More info: "
            + "https://kubernetes.io/docs/concepts/services-networking/service/#virtual-ips-and-service-proxies"),
        Column.Age,
        new("Selector", Priority: 1, Description:
            "Route service traffic to pods with label keys and values matching this selector. If empty or not present, the service is assumed to have an external "
            + "process managing its endpoints, which Kubernetes will not modify. Only applies to types ClusterIP, NodePort, and LoadBalancer. Ignored if type is "
            + "ExternalName. More info: https://kubernetes.io/docs/concepts/services-networking/service/"),
    ];

    public static IReadOnlyList<object?> Cells(Service service, DateTimeOffset now)
    {
        var spec = service.Spec;
        return
        [
            service.Metadata.Name,
            spec.Type,
            spec.ClusterIPs.IsEmpty ? TableText.None : spec.ClusterIPs[0],
            ExternalAddress(service),
            TableText.OrNone(string.Join(",", spec.Ports.Select(Port))),
            TableText.Age(service.Metadata.CreationTimestamp, now),
            TableText.Labels(spec.Selector),
        ];
    }

    private static string Port(ServicePort port) => port.NodePort > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{port.Port}:{port.NodePort}/{port.Protocol}")
        : string.Create(CultureInfo.InvariantCulture, $"{port.Port}/{port.Protocol}");

    private static string ExternalAddress(Service service)
    {
        var spec = service.Spec;
        switch (spec.Type)
        {
            case "ExternalName":
                return spec.ExternalName;
            case "LoadBalancer":
                var balancers = service.Status.LoadBalancer.Ingress.Select(static point => point.Ip.Length != 0 ? point.Ip : point.Hostname).Where(static text => text.Length != 0);
                var all = string.Join(",", balancers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Concat(spec.ExternalIPs));
                return all.Length == 0 ? "<pending>" : all;
            case "ClusterIP" or "NodePort":
                return TableText.OrNone(string.Join(",", spec.ExternalIPs));
            default:
                return TableText.Unknown;
        }
    }
}
