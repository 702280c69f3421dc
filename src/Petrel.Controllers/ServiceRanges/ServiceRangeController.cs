using System.Net;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.ServiceRanges;

/// <summary>
/// Says of each ServiceCIDR that it is ready, and keeps a deleted one as long as addresses of it are in use that no other one
/// has (KEP-1880).
/// </summary>
internal sealed class ServiceRangeController : IReconciler
{
    private const string Finalizer = "networking.k8s.io/service-cidr-finalizer";
    private const string InUse = "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR";

    /// <summary>Upstream's: by then no server gives addresses from a deleted range any more.</summary>
    private static readonly TimeSpan DeletionGracePeriod = TimeSpan.FromSeconds(10);

    private readonly ControllerServices _services;
    private readonly Informer<ServiceCIDR> _ranges;
    private readonly Informer<Api.Networking.IPAddress> _addresses;
    private WorkQueue<ObjectKey>? _queue;

    public ServiceRangeController(ControllerServices services)
    {
        _services = services;
        _ranges = services.Informers.For<ServiceCIDR>();
        _addresses = services.Informers.For<Api.Networking.IPAddress>();
    }

    public string Name => "service-cidr-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _ranges.Subscribe(change =>
        {
            queue.Add(ObjectKey.Of(change.Object));
            EnqueueDeleted();
        });

        // An address that is given back may have been the last.
        _addresses.Subscribe(deleted: _ => EnqueueDeleted());
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_ranges.Cache.Find(key) is not { } range)
        {
            return;
        }

        if (range.Metadata.DeletionTimestamp is not { } deleted)
        {
            if (!range.Metadata.Finalizers.Contains(Finalizer))
            {
                await PatchAsync(range, $$$"""{"metadata":{"finalizers":["{{{Finalizer}}}"]}}""", cancellationToken);
            }

            await SayAsync(range, new Condition { Type = "Ready", Status = "True", Message = "Kubernetes Service CIDR is ready" }, cancellationToken);
        }
        else if (IsNeeded(range))
        {
            await SayAsync(range, new Condition { Type = "Ready", Status = "False", Reason = "Terminating", Message = InUse }, cancellationToken);
        }
        else if (deleted + DeletionGracePeriod - _services.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            _queue!.AddAfter(key, left);
        }
        else if (range.Metadata.Finalizers.Contains(Finalizer))
        {
            await PatchAsync(range, $$$"""{"metadata":{"$deleteFromPrimitiveList/finalizers":["{{{Finalizer}}}"]}}""", cancellationToken);
        }
    }

    private void EnqueueDeleted()
    {
        foreach (var range in _ranges.Cache.List().Where(static range => range.Metadata.DeletionTimestamp is not null))
        {
            _queue!.Add(ObjectKey.Of(range));
        }
    }

    // An address that another range has, too, does not need this one.
    private bool IsNeeded(ServiceCIDR range)
    {
        var others = _ranges.Cache.List().Where(other => other.Metadata.Uid != range.Metadata.Uid && other.Metadata.DeletionTimestamp is null).SelectMany(NetworksOf).ToList();
        var own = NetworksOf(range).ToList();
        return _addresses.Cache.List()
            .Select(static value => System.Net.IPAddress.TryParse(value.Metadata.Name, out var address) ? address : null)
            .OfType<System.Net.IPAddress>()
            .Any(address => own.Exists(network => network.Contains(address)) && !others.Exists(network => network.Contains(address)));
    }

    private static IEnumerable<IPNetwork> NetworksOf(ServiceCIDR range)
    {
        foreach (var text in range.Spec.Cidrs.AsEnumerable())
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                yield return network;
            }
        }
    }

    private async Task SayAsync(ServiceCIDR range, Condition condition, CancellationToken cancellationToken)
    {
        if (range.Status.Conditions.FirstOrDefault(static known => known.Type == "Ready") is { } known && known with { LastTransitionTime = null } == condition)
        {
            return;
        }

        var status = new ServiceCIDRStatus { Conditions = [condition with { LastTransitionTime = _services.Time.GetUtcNow() }] };
        await AppliedStatus.ApplyAsync(_services.Api, ServiceCIDR.Info, range.Metadata.Name, Name, status, cancellationToken);
    }

    private Task PatchAsync(ServiceCIDR range, string patch, CancellationToken cancellationToken) =>
        _services.Api.PatchAsync<ServiceCIDR>(null, range.Metadata.Name, PatchBody.Strategic(patch), null, cancellationToken);
}
