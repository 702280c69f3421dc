using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Registration;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Webhooks;
using Petrel.Storage;

namespace Petrel.ApiServer.Aggregation;

/// <summary>Finds where the service of an extension API server leads.</summary>
/// <param name="throughEndpoints">To an address behind the service (--enable-aggregator-routing) instead of the service's own.</param>
internal sealed class ExtensionAddresses(Func<ResourceRegistry> registry, bool throughEndpoints)
{
    /// <summary>Scheme, host and port to send requests to.</summary>
    /// <exception cref="StatusException">404 for a service that does not exist, 503 for one that leads nowhere.</exception>
    public async Task<Uri> ResolveAsync(ServiceReference reference, CancellationToken cancellationToken)
    {
        var service = (Service)(await registry().Of<Service>().Store.GetAsync(reference.Namespace, reference.Name, cancellationToken)).Decode();
        if (!throughEndpoints)
        {
            var address = ServiceAddresses.OfService(service, reference.EffectivePort);
            return Address(address.Host, address.Port);
        }

        if (service.Spec.Type == "ExternalName")
        {
            throw new StatusException(Statuses.ServiceUnavailable($"unsupported service type \"{service.Spec.Type}\""));
        }

        var port = service.Spec.Ports.FirstOrDefault(port => port.Port == reference.EffectivePort)
            ?? throw ServiceAddresses.NoPort(service, reference.EffectivePort);
        return await EndpointAsync(service, port, cancellationToken);
    }

    /// <summary>The slices of a service.</summary>
    public static async Task<IReadOnlyList<EndpointSlice>> SlicesAsync(ResourceRegistry registry, string @namespace, string service, CancellationToken cancellationToken)
    {
        var store = registry.Of<EndpointSlice>().Store;
        var range = await store.RangeAsync(new RangeRequest(store.RangeOf(@namespace)), cancellationToken);
        return
        [
            .. range.Items.Select(item => (EndpointSlice)store.Wrap(item).Decode())
                .Where(slice => slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == service),
        ];
    }

    /// <summary>The addresses at which a port of a service is answered.</summary>
    /// <param name="portName">The name of the service's port; empty for the only one.</param>
    public static IEnumerable<(string Address, int Port)> Ready(IEnumerable<EndpointSlice> slices, string portName) =>
        from slice in slices
        let port = slice.Ports.FirstOrDefault(port => (port.Name ?? "") == portName && port.Port is not null)
        where port is not null
        from endpoint in slice.Endpoints
        where endpoint.Conditions.Ready != false
        from address in endpoint.Addresses
        select (address, port.Port!.Value);

    private async Task<Uri> EndpointAsync(Service service, ServicePort port, CancellationToken cancellationToken)
    {
        var ready = Ready(await SlicesAsync(registry(), service.Metadata.Namespace, service.Metadata.Name, cancellationToken), port.Name).ToList();
        if (ready.Count == 0)
        {
            throw new StatusException(Statuses.ServiceUnavailable($"no endpoints available for service \"{service.Metadata.Name}\""));
        }

        var (address, number) = ready[Random.Shared.Next(ready.Count)];
        return Address(address, number);
    }

    private static Uri Address(string host, int port) => new UriBuilder("https", NodeLocator.Bracketed(host), port).Uri;
}
