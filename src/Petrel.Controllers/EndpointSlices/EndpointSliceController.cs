using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Endpoints;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>Keeps the EndpointSlices of each Service that selects pods (discovery/v1, KEP-752).</summary>
internal sealed class EndpointSliceController : IReconciler
{
    private const string ByService = "service";

    private readonly ControllerServices _services;
    private readonly Informer<Service> _serviceInformer;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly Informer<EndpointSlice> _slices;
    private readonly ChangeTimes _changeTimes = new();
    private readonly SliceWriter _writer;

    public EndpointSliceController(ControllerServices services)
    {
        _services = services;
        _writer = new SliceWriter(services.Api);
        _serviceInformer = services.Informers.For<Service>();
        _pods = services.Informers.For<Pod>();
        _nodes = services.Informers.For<Node>();
        _slices = services.Informers.For<EndpointSlice>();
        _slices.AddIndex(ByService, static slice => SliceLabels.ServiceOf(slice) is { } name ? [slice.Metadata.Namespace + "/" + name] : []);
    }

    public string Name => "endpointslice-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        new ServiceWatch(_serviceInformer, _pods, queue).Watch();
        _writer.Watch(_slices, SliceLabels.ServiceOf, queue.Add);

        // Endpoints carry their node's zone, and wait for a node that is not there yet.
        _nodes.Subscribe(change =>
        {
            if (change.Old?.Metadata.Labels != change.New?.Metadata.Labels || change.IsAdded || change.IsDeleted)
            {
                foreach (var service in _serviceInformer.Cache.List())
                {
                    queue.Add(ObjectKey.Of(service));
                }
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_serviceInformer.Cache.Find(key) is not { } service)
        {
            // The garbage collector removes the slices.
            _changeTimes.Forget(key);
            _writer.Forget(key);
            return;
        }

        var present = _slices.Cache.ByIndex(ByService, key.ToString()).Where(static slice => slice.Metadata.DeletionTimestamp is null).ToList();

        // A slice that was written will come by in the cache, and brings the Service back here.
        if (!ServicePods.SelectsPods(service) || service.Metadata.DeletionTimestamp is not null || !_writer.IsCaughtUp(key, present))
        {
            return;
        }

        var pods = ServiceWatch.Select(_pods, service);
        var changedAt = _changeTimes.Next(service, pods);
        var template = SliceTemplate.For(service);
        var types = EndpointBuilder.AddressTypes(service);
        foreach (var type in types)
        {
            var plan = SlicePlan.For(template, type, [.. present.Where(slice => slice.AddressType == type)], Wanted(service, pods, type));
            await CarryOutAsync(key, plan, changedAt, cancellationToken);
        }

        var strays = present.Where(slice => !types.Contains(slice.AddressType)).ToList();
        await CarryOutAsync(key, new SlicePlan([], [], strays), changedAt, cancellationToken);
    }

    private Dictionary<ApiList<Api.Discovery.EndpointPort>, List<Endpoint>> Wanted(Service service, List<Pod> pods, string addressType)
    {
        var wanted = new Dictionary<ApiList<Api.Discovery.EndpointPort>, List<Endpoint>>();
        foreach (var pod in pods.Where(static pod => ServicePods.IsEndpoint(pod, includeTerminating: true)))
        {
            // A pod of a node that is gone is only still there until it is cleaned up.
            var node = _nodes.Cache.Find(null, pod.Spec.NodeName);
            if ((node is null && !service.Spec.PublishNotReadyAddresses) || EndpointBuilder.Build(pod, node, service, addressType) is not { } endpoint)
            {
                continue;
            }

            var ports = EndpointBuilder.Ports(service, pod);
            if (!wanted.TryGetValue(ports, out var endpoints))
            {
                wanted.Add(ports, endpoints = []);
            }

            endpoints.Add(ZoneHints.Apply(service, endpoint));
        }

        return wanted;
    }

    private async Task CarryOutAsync(ObjectKey key, SlicePlan plan, DateTimeOffset? changedAt, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.CarryOutAsync(key, plan, slice => WithTime(slice, changedAt), cancellationToken);
        }
        catch (ApiException exception) when (!exception.IsConflict && !exception.IsNamespaceTerminating && _serviceInformer.Cache.Find(key) is { } service)
        {
            _services.Events.Warning(service, "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {key}: {exception.Message}");
            throw;
        }
    }

    private static EndpointSlice WithTime(EndpointSlice slice, DateTimeOffset? changedAt)
    {
        var annotations = changedAt is { } time
            ? slice.Metadata.Annotations.With(ServicePods.ChangeTime, ServicePods.TimeText(time))
            : slice.Metadata.Annotations.Without(ServicePods.ChangeTime);
        return slice with { Metadata = slice.Metadata with { Annotations = annotations } };
    }
}
