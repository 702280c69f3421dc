using System.Globalization;
using System.Net;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Webhooks;

/// <summary>Finds the address at which a service is reached. The API server has no cluster DNS, so it looks services up itself.</summary>
internal sealed class ServiceAddresses(ResourceStore services)
{
    /// <exception cref="StatusException">The service does not exist or has no such port or address.</exception>
    public async ValueTask<DnsEndPoint> ResolveAsync(ServiceTarget target, CancellationToken cancellationToken)
    {
        // Upstream's lister names the kind where a resource is due.
        var stored = await services.FindAsync(target.Namespace, target.Name, cancellationToken)
            ?? throw new StatusException(Statuses.NotFound(new GroupResource("", "service"), target.Name));
        return OfService((Service)stored.Decode(), target.Port);
    }

    /// <summary>The address of a service itself, whatever is behind it.</summary>
    /// <exception cref="StatusException">The service has no such port, or no address.</exception>
    public static DnsEndPoint OfService(Service service, int port)
    {
        if (service.Spec.Type == "ExternalName")
        {
            return new DnsEndPoint(service.Spec.ExternalName, port);
        }

        if (service.Spec.IsHeadless)
        {
            throw new StatusException(Statuses.ServiceUnavailable("cannot route to service with ClusterIP \"None\""));
        }

        return service.Spec.Ports.Any(each => each.Port == port)
            ? new DnsEndPoint(service.Spec.ClusterIP, port)
            : throw NoPort(service, port);
    }
    /// <summary>The refusal of a port that a service does not have.</summary>
    public static StatusException NoPort(Service service, int port) =>
        new(Statuses.ServiceUnavailable($"no service port {port.ToString(CultureInfo.InvariantCulture)} found for service \"{service.Metadata.Name}\""));
}
