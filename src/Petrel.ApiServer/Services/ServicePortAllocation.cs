using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Services;

/// <summary>The node ports of one write of a service: one for each port that has none, and one for health checks of load balancers.</summary>
internal sealed class ServicePortAllocation(PortRange range, PoolClaims claims, string serviceName)
{
    private const string Taken = "provided port is already allocated";
    private const string Full = "range is full";

    private static readonly FieldPath Spec = FieldPath.Root.Child("spec");

    /// <summary>Every node port that a service holds, once.</summary>
    public static IEnumerable<int> PortsOf(ServiceSpec spec)
    {
        var ports = spec.NeedsNodePort ? spec.Ports.Select(static port => port.NodePort) : [];
        return (spec.NeedsHealthCheckNodePort ? ports.Append(spec.HealthCheckNodePort) : ports).Where(static port => port != 0).Distinct();
    }

    /// <param name="old">Null for a new service.</param>
    /// <exception cref="StatusException">422 for a port that cannot be had, 500 when there are none left.</exception>
    public ServiceSpec Allocate(ServiceSpec spec, ServiceSpec? old)
    {
        var held = old is null ? [] : PortsOf(old).ToHashSet();
        if (spec.NeedsNodePort)
        {
            spec = spec with { Ports = old is null ? ForNew(spec) : ForChanged(spec, held) };
        }

        spec = WithHealthCheckPort(spec, old);
        foreach (var port in held.Except(PortsOf(spec)))
        {
            if (range.NumberOf(port) is { } number)
            {
                claims.ReleaseOnCommit(number);
            }
        }

        return spec;
    }

    // Ports of a new service that differ in nothing but their protocol get the same node port, as a DNS server needs.
    private ApiList<ServicePort> ForNew(ServiceSpec spec)
    {
        var nodePorts = new Dictionary<int, int>();
        var ports = spec.Ports.ToList();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            if (port.NodePort == 0 && !AllocatesNodePorts(spec))
            {
                continue;
            }

            if (!nodePorts.TryGetValue(port.Port, out var shared))
            {
                var asked = ports.Find(candidate => candidate.Port == port.Port && candidate.NodePort != 0)?.NodePort ?? 0;
                shared = asked == 0 ? TakeAny() : Take(asked, i);
                nodePorts.Add(port.Port, shared);
                ports[i] = port with { NodePort = shared };
            }
            else if (port.NodePort == 0)
            {
                ports[i] = port with { NodePort = shared };
            }
            else if (port.NodePort != shared)
            {
                Take(port.NodePort, i);
            }
        }

        return [.. ports];
    }

    private ApiList<ServicePort> ForChanged(ServiceSpec spec, HashSet<int> held)
    {
        var taken = new HashSet<int>();
        var ports = spec.Ports.ToList();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            if (port.NodePort != 0)
            {
                if (!held.Contains(port.NodePort) && taken.Add(port.NodePort))
                {
                    Take(port.NodePort, i);
                }
            }
            else if (AllocatesNodePorts(spec))
            {
                ports[i] = port with { NodePort = TakeAny() };
            }
        }

        return [.. ports];
    }

    private ServiceSpec WithHealthCheckPort(ServiceSpec spec, ServiceSpec? old)
    {
        if (!spec.NeedsHealthCheckNodePort)
        {
            return spec;
        }

        if (old is { NeedsHealthCheckNodePort: true })
        {
            return spec.HealthCheckNodePort == old.HealthCheckNodePort ? spec : throw Refuse(
                Spec.Child("healthCheckNodePort"),
                spec.HealthCheckNodePort,
                "cannot change healthCheckNodePort on loadBalancer service with externalTraffic=Local during update");
        }

        if (spec.HealthCheckNodePort == 0)
        {
            return claims.TakeAny() is { } free
                ? spec with { HealthCheckNodePort = range.PortOf(free) }
                : throw new StatusException(Statuses.InternalError("failed to allocate a HealthCheck NodePort 0: " + Full));
        }

        var refusal = RefusalOf(spec.HealthCheckNodePort);
        return refusal is null
            ? spec
            : throw new StatusException(Statuses.InternalError($"failed to allocate requested HealthCheck NodePort {spec.HealthCheckNodePort}: {refusal}"));
    }

    private static bool AllocatesNodePorts(ServiceSpec spec) => spec.Type == "NodePort" || (spec.AllocateLoadBalancerNodePorts ?? true);

    private int Take(int port, int index) =>
        RefusalOf(port) is { } refusal ? throw Refuse(Spec.Child("ports").Index(index).Child("nodePort"), port, refusal) : port;

    private int TakeAny() => claims.TakeAny() is { } number
        ? range.PortOf(number)
        : throw new StatusException(Statuses.InternalError("failed to allocate a nodePort: " + Full));

    /// <summary>Takes the port; why not, when it cannot be had.</summary>
    private string? RefusalOf(int port) => range.NumberOf(port) is not { } number ? range.Refusal : claims.TryTake(number) ? null : Taken;

    private StatusException Refuse(FieldPath path, int port, string why)
    {
        var errors = new FieldErrors();
        errors.Invalid(path, port, why);
        return new StatusException(Statuses.Invalid("", Service.Info.Kind, serviceName, errors));
    }
}
