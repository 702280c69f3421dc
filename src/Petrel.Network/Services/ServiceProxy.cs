using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Client.Informers;

namespace Petrel.Network.Services;

/// <summary>The service proxy of one node (kube-proxy): follows Services and EndpointSlices and keeps the kernel's rules equal to them.</summary>
public sealed class ServiceProxy
{
    private const string SlicesByService = "proxied-service";

    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly ServiceTranslation _translation;
    private readonly ServiceSync _sync;

    /// <exception cref="ArgumentException">The options name a mode that does not exist.</exception>
    public ServiceProxy(InformerFactory informers, ServiceProxyOptions options, TimeProvider time, ILogger<ServiceProxy> logger)
    {
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _slices.AddIndex(SlicesByService, slice => ServiceOf(slice) is ServiceName name ? [name.ToString()] : []);
        _translation = new ServiceTranslation(options.NodeName);
        _sync = new ServiceSync(options, ServiceModes.Create(options), Find, time, logger);
    }

    /// <summary>Completes when services work on this node for the first time.</summary>
    public Task FirstSync => _sync.FirstSync;

    /// <summary>Works until cancelled. The rules stay, so that services go on while the program is restarted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _services.Subscribe(change => _sync.Change(NameOf(change.Object)));
        _slices.Subscribe(change => ChangeServicesOf(change));
        await _services.WaitForSyncAsync(cancellationToken).ConfigureAwait(false);
        await _slices.WaitForSyncAsync(cancellationToken).ConfigureAwait(false);
        await _sync.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ServiceName NameOf(Service service) => new(service.Metadata.Namespace, service.Metadata.Name);

    private static ServiceName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ServiceTranslation.ServiceNameLabel, out string? name)
            ? new ServiceName(slice.Metadata.Namespace, name)
            : null;

    /// <summary>A slice whose label changed leaves one service and joins another.</summary>
    private void ChangeServicesOf(Change<EndpointSlice> change)
    {
        foreach (EndpointSlice? slice in new[] { change.Old, change.New })
        {
            if (slice is not null && ServiceOf(slice) is ServiceName name)
            {
                _sync.Change(name);
            }
        }
    }

    private ProxiedService? Find(ServiceName name) => _services.Cache.Find(name.Namespace, name.Name) is Service service
        ? _translation.Translate(service, _slices.Cache.ByIndex(SlicesByService, name.ToString()))
        : null;
}
