namespace Petrel.Api.Core;

/// <summary>
/// What an update of a service means where the client left things out: values that the server allocated stay, and fields
/// that a new type has no use for go, unless the client changed them in the same update.
/// </summary>
internal static class ServiceUpdate
{
    public static ServiceSpec Apply(ServiceSpec spec, ServiceSpec old) => DropUnused(Downgrade(Normalize(KeepAllocated(spec, old), old), old), old);

    /// <summary>The one address, of old clients, and the list of addresses, of new ones, agree.</summary>
    public static ServiceSpec Normalize(ServiceSpec spec, ServiceSpec? old)
    {
        if (old is not null && spec.ClusterIP != old.ClusterIP && !spec.ClusterIPs.IsEmpty && spec.ClusterIPs == old.ClusterIPs)
        {
            return spec with { ClusterIPs = spec.ClusterIP.Length == 0 ? default : [spec.ClusterIP] };
        }

        return spec.ClusterIP.Length != 0 && spec.ClusterIPs.IsEmpty ? spec with { ClusterIPs = [spec.ClusterIP] } : spec;
    }

    private static ServiceSpec KeepAllocated(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP && spec.NeedsClusterIP)
        {
            spec = spec with { ClusterIP = spec.ClusterIP.Length == 0 ? old.ClusterIP : spec.ClusterIP };
            spec = spec.ClusterIPs.IsEmpty && spec.ClusterIP == old.ClusterIP ? spec with { ClusterIPs = old.ClusterIPs } : spec;
        }

        if (old.NeedsNodePort && spec.NeedsNodePort)
        {
            spec = spec with { Ports = KeepNodePorts(spec.Ports, old.Ports) };
        }

        return old.NeedsHealthCheckNodePort && spec.NeedsHealthCheckNodePort && spec.HealthCheckNodePort == 0
            ? spec with { HealthCheckNodePort = old.HealthCheckNodePort }
            : spec;
    }

    // A port keeps its node port by name, unless another port of the update asks for the same.
    private static ApiList<ServicePort> KeepNodePorts(ApiList<ServicePort> ports, ApiList<ServicePort> old)
    {
        var used = ports.Select(static port => port.NodePort).Intersect(old.Select(static port => port.NodePort)).ToHashSet();
        return ports.ConvertAll(port =>
        {
            var kept = old.LastOrDefault(each => each.Name == port.Name)?.NodePort ?? 0;
            return port.NodePort == 0 && kept != 0 && used.Add(kept) ? port with { NodePort = kept } : port;
        });
    }

    // From two IP families to one: the second address goes.
    private static ServiceSpec Downgrade(ServiceSpec spec, ServiceSpec old)
    {
        if (!spec.NeedsClusterIP || old.IpFamilyPolicy is null or "SingleStack" || spec.IpFamilyPolicy != "SingleStack")
        {
            return spec;
        }

        return spec with
        {
            ClusterIPs = spec.ClusterIPs.Count > 1 && spec.ClusterIPs == old.ClusterIPs ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
            IpFamilies = spec.IpFamilies.Count > 1 && spec.IpFamilies == old.IpFamilies ? [spec.IpFamilies[0]] : spec.IpFamilies,
        };
    }

    private static ServiceSpec DropUnused(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP && !spec.NeedsClusterIP && spec.ClusterIP == old.ClusterIP && spec.ClusterIPs == old.ClusterIPs)
        {
            spec = spec with { ClusterIP = "", ClusterIPs = default };
        }

        if (old.NeedsNodePort && !spec.NeedsNodePort && HasSameNodePorts(spec, old))
        {
            spec = spec with { Ports = spec.Ports.ConvertAll(static port => port with { NodePort = 0 }) };
        }

        if (old.NeedsHealthCheckNodePort && !spec.NeedsHealthCheckNodePort && spec.HealthCheckNodePort == old.HealthCheckNodePort)
        {
            spec = spec with { HealthCheckNodePort = 0 };
        }

        if (old.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
        {
            spec = spec with
            {
                AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts == old.AllocateLoadBalancerNodePorts ? null : spec.AllocateLoadBalancerNodePorts,
                LoadBalancerClass = spec.LoadBalancerClass == old.LoadBalancerClass ? null : spec.LoadBalancerClass,
            };
        }

        return DropUnusedPolicies(spec, old);
    }

    private static ServiceSpec DropUnusedPolicies(ServiceSpec spec, ServiceSpec old)
    {
        if (old.IsReachableFromOutside && !spec.IsReachableFromOutside && spec.ExternalTrafficPolicy == old.ExternalTrafficPolicy)
        {
            spec = spec with { ExternalTrafficPolicy = "" };
        }

        if (old.Type == "ExternalName" || spec.Type != "ExternalName")
        {
            return spec;
        }

        return spec with
        {
            InternalTrafficPolicy = spec.InternalTrafficPolicy == old.InternalTrafficPolicy ? null : spec.InternalTrafficPolicy,
            IpFamilies = spec.IpFamilies == old.IpFamilies ? default : spec.IpFamilies,
            IpFamilyPolicy = spec.IpFamilyPolicy == old.IpFamilyPolicy ? null : spec.IpFamilyPolicy,
        };
    }

    private static bool HasSameNodePorts(ServiceSpec spec, ServiceSpec old) =>
        spec.Ports.Select(static port => port.NodePort).ToHashSet().SetEquals(old.Ports.Select(static port => port.NodePort));
}
