using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Endpoints;
using Petrel.Controllers.EndpointSlices;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.EndpointSliceMirroring;

/// <summary>
/// Copies Endpoints that users write for Services without selector into EndpointSlices, which is what proxies read (KEP-752).
/// </summary>
internal sealed class EndpointSliceMirroringController : IReconciler
{
    private const string Manager = "endpointslicemirroring-controller.k8s.io";
    private const string SkipLabel = "endpointslice.kubernetes.io/skip-mirror";
    private const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";
    private const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string ByEndpoints = "mirrored-endpoints";

    private readonly ControllerServices _services;
    private readonly Informer<Service> _serviceInformer;
    private readonly Informer<Api.Core.Endpoints> _endpoints;
    private readonly Informer<EndpointSlice> _slices;
    private readonly SliceWriter _writer;

    public EndpointSliceMirroringController(ControllerServices services)
    {
        _services = services;
        _serviceInformer = services.Informers.For<Service>();
        _endpoints = services.Informers.For<Api.Core.Endpoints>();
        _slices = services.Informers.For<EndpointSlice>();
        _slices.AddIndex(ByEndpoints, static slice => OwnerOf(slice) is { } name ? [slice.Metadata.Namespace + "/" + name] : []);
        _writer = new SliceWriter(services.Api);
    }

    public string Name => "endpointslicemirroring-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _endpoints.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _serviceInformer.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _writer.Watch(_slices, OwnerOf, queue.Add);
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var present = _slices.Cache.ByIndex(ByEndpoints, key.ToString()).Where(static slice => slice.Metadata.DeletionTimestamp is null).ToList();
        if (_endpoints.Cache.Find(key) is not { } endpoints || !IsMirrored(key, endpoints))
        {
            await _writer.CarryOutAsync(key, new SlicePlan([], [], present), static slice => slice, cancellationToken);
            _writer.Forget(key);
            return;
        }

        // A slice that was written will come by in the cache, and brings the Endpoints back here.
        if (!_writer.IsCaughtUp(key, present))
        {
            return;
        }

        var mirrored = new MirroredEndpoints(endpoints);
        if (mirrored.Skipped > 0)
        {
            _services.Events.Warning(
                endpoints, "TooManyAddressesToMirror", $"A max of {MirroredEndpoints.AddressesMax} addresses can be mirrored to EndpointSlices per Endpoints subset. {mirrored.Skipped} addresses were skipped");
        }

        var template = Template(endpoints);
        foreach (var type in mirrored.AddressTypes.Union(present.Select(static slice => slice.AddressType), StringComparer.Ordinal).ToList())
        {
            var plan = SlicePlan.For(template, type, [.. present.Where(slice => slice.AddressType == type)], mirrored.Of(type));
            await _writer.CarryOutAsync(key, plan, static slice => slice, cancellationToken);
        }
    }

    /// <summary>Of a Service that selects pods the slices are made from the pods; leaders' records only look like Endpoints.</summary>
    private bool IsMirrored(ObjectKey key, Api.Core.Endpoints endpoints) =>
        endpoints.Metadata.DeletionTimestamp is null
        && endpoints.Metadata.Labels.GetValueOrDefault(SkipLabel) != "true"
        && !endpoints.Metadata.Annotations.ContainsKey(LeaderAnnotation)
        && _serviceInformer.Cache.Find(key) is { Spec.Selector.IsNil: true };

    private static SliceTemplate Template(Api.Core.Endpoints endpoints)
    {
        var metadata = SliceTemplate.NewMetadata(endpoints) with
        {
            Labels = endpoints.Metadata.Labels.With(SliceLabels.ServiceName, endpoints.Metadata.Name).With(SliceLabels.ManagedBy, Manager),
            Annotations = endpoints.Metadata.Annotations.Without(ServicePods.ChangeTime).Without(LastAppliedAnnotation),
        };
        return new SliceTemplate(metadata, MirroredEndpoints.AddressesMax, NeverNone: false, OwnsAnnotations: true);
    }

    /// <summary>The Endpoints that the slice mirrors; null for slices of others.</summary>
    private static string? OwnerOf(EndpointSlice slice) =>
        slice.Metadata.Labels.GetValueOrDefault(SliceLabels.ManagedBy) == Manager ? slice.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName) : null;
}
