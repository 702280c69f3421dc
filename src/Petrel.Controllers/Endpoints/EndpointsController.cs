using System.Collections.Concurrent;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.Endpoints;

/// <summary>Keeps the Endpoints object of each Service that selects pods (the older form of EndpointSlices).</summary>
internal sealed class EndpointsController : IReconciler
{
    private const string ManagedBy = "endpoints.kubernetes.io/managed-by";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";

    private readonly ControllerServices _services;
    private readonly Informer<Service> _serviceInformer;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Api.Core.Endpoints> _endpoints;
    private readonly ChangeTimes _changeTimes = new();

    // Services whose deletion was seen and not handled yet.
    private readonly ConcurrentDictionary<ObjectKey, byte> _orphaned = new();

    public EndpointsController(ControllerServices services)
    {
        _services = services;
        _serviceInformer = services.Informers.For<Service>();
        _pods = services.Informers.For<Pod>();
        _endpoints = services.Informers.For<Api.Core.Endpoints>();
    }

    public string Name => "endpoints-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _serviceInformer.Subscribe(deleted: service => _orphaned.TryAdd(ObjectKey.Of(service), 0));
        new ServiceWatch(_serviceInformer, _pods, queue).Watch();

        // Also brings up objects whose Service went away while nobody looked.
        _endpoints.Subscribe(change =>
        {
            if (change.IsAdded || change.IsDeleted)
            {
                queue.Add(ObjectKey.Of(change.Object));
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_serviceInformer.Cache.Find(key) is not { } service)
        {
            await RemoveAsync(key, cancellationToken);
            return;
        }

        if (!ServicePods.SelectsPods(service))
        {
            return;
        }

        var pods = ServiceWatch.Select(_pods, service);
        var subsets = EndpointSubsets.Build(service, pods, out var truncated);
        var present = _endpoints.Cache.Find(key);
        var wanted = Make(service, present, subsets, truncated);
        var changedAt = _changeTimes.Next(service, pods);
        if (present is not null && wanted == present)
        {
            return;
        }

        var annotations = changedAt is { } time
            ? wanted.Metadata.Annotations.With(ServicePods.ChangeTime, ServicePods.TimeText(time))
            : wanted.Metadata.Annotations.Without(ServicePods.ChangeTime);
        await WriteAsync(service, wanted with { Metadata = wanted.Metadata with { Annotations = annotations } }, present is null, cancellationToken);
    }

    private async Task WriteAsync(Service service, Api.Core.Endpoints value, bool create, CancellationToken cancellationToken)
    {
        try
        {
            _ = create ? await _services.Api.CreateAsync(value, cancellationToken) : await _services.Api.UpdateAsync(value, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNamespaceTerminating)
        {
            // The namespace goes away, and the Service with it.
        }
        catch (ApiException exception)
        {
            if (!exception.IsConflict && !exception.IsAlreadyExists)
            {
                var verb = create ? "create" : "update";
                _services.Events.Warning(value, create ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint", $"Failed to {verb} endpoint for service {ObjectKey.Of(service)}: {exception.Message}");
            }

            throw;
        }
    }

    private static Api.Core.Endpoints Make(Service service, Api.Core.Endpoints? present, ApiList<EndpointSubset> subsets, bool truncated)
    {
        var labels = service.Metadata.Labels.Without(ServicePods.HeadlessLabel).With(ManagedBy, "endpoint-controller");
        var value = present ?? new Api.Core.Endpoints { Metadata = new() { Namespace = service.Metadata.Namespace, Name = service.Metadata.Name } };
        var annotations = value.Metadata.Annotations;
        return value with
        {
            Metadata = value.Metadata with
            {
                Labels = ServicePods.IsHeadless(service) ? labels.With(ServicePods.HeadlessLabel, "") : labels,
                Annotations = truncated ? annotations.With(OverCapacity, "truncated") : annotations.Without(OverCapacity),
            },
            Subsets = subsets,
        };
    }

    /// <summary>
    /// The Service is gone, and its Endpoints go with it, whoever made them. Of Endpoints that were found without a Service
    /// only those made here go: others may be waiting for theirs.
    /// </summary>
    private async Task RemoveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _changeTimes.Forget(key);
        if (_endpoints.Cache.Find(key) is { } present
            && (_orphaned.ContainsKey(key) || present.Metadata.Labels.GetValueOrDefault(ManagedBy) == "endpoint-controller"))
        {
            await _services.Api.DeleteAsync<Api.Core.Endpoints>(key.Namespace, key.Name, null, cancellationToken);
        }

        _orphaned.TryRemove(key, out _);
    }
}
