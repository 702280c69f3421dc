using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.ResourceQuotas;

/// <summary>
/// Keeps the status of quotas: the bounds in force are those of the spec, and what is used is what there is. Admission charges
/// what is created; what goes, ends or was charged but never stored is found out here.
/// </summary>
internal sealed class ResourceQuotaController : IReconciler
{
    /// <summary>After which what admission had charged but not stored yet when it was counted is stored, or never will be.</summary>
    private static readonly TimeSpan ChargeSettles = TimeSpan.FromSeconds(2);

    private readonly ControllerServices _services;
    private readonly Informer<ResourceQuota> _quotas;
    private readonly QuotaUsage _usage;
    private readonly CountedResources _counted;
    private WorkQueue<ObjectKey>? _queue;

    private ResourceQuotaController(ControllerServices services, CountedResources counted)
    {
        _services = services;
        _counted = counted;
        _quotas = services.Informers.For<ResourceQuota>();
        _usage = new QuotaUsage(services.Api, counted, services.Time);
    }

    public string Name => "resourcequota-controller";

    public static IController Create(ControllerServices services)
    {
        var counted = new CountedResources(services);
        var loop = new ReconcileLoop(new ResourceQuotaController(services, counted), services.Options.Workers, services);
        return new WatchingController(loop, counted);
    }

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _quotas.Subscribe(
            added: quota => queue.Add(ObjectKey.Of(quota)),
            updated: (old, quota) =>
            {
                if (quota.Spec != old.Spec || quota.Spec.Hard != quota.Status.Hard)
                {
                    queue.Add(ObjectKey.Of(quota));
                }
            });
        _counted.Changed = (evaluator, @namespace) =>
        {
            foreach (var quota in _quotas.Cache.List().Where(quota => (@namespace is null || quota.Metadata.Namespace == @namespace) && quota.Spec.Hard.Keys.Any(evaluator.Counts)))
            {
                queue.Add(ObjectKey.Of(quota));
            }
        };
        _counted.Resync = () =>
        {
            foreach (var quota in _quotas.Cache.List())
            {
                queue.Add(ObjectKey.Of(quota));
            }
        };
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // The quota is read before what it counts.
        if (_quotas.Cache.Find(key) is not { Metadata.DeletionTimestamp: null } quota || (quota.Spec.Hard.IsEmpty && quota.Status.Hard.IsEmpty))
        {
            return;
        }

        var usage = await _usage.OfAsync(quota, cancellationToken);
        var status = new ResourceQuotaStatus { Hard = quota.Spec.Hard, Used = quota.Status.Used.WithRange(usage).Only(quota.Spec.Hard.Keys) };

        // Sent also when it seems to change nothing: if the cache was behind, or something was charged meanwhile, it is a conflict
        // and all is counted anew. What does change nothing the server does not write.
        await _services.Api.UpdateStatusAsync(quota with { Status = status }, cancellationToken);
        if (status.Used != quota.Status.Used)
        {
            _queue!.AddAfter(key, ChargeSettles);
        }
    }

    /// <summary>The loop, with the watches that it needs beside it.</summary>
    private sealed class WatchingController(ReconcileLoop loop, CountedResources counted) : IController, IDisposable
    {
        public string Name => loop.Name;

        public void Setup() => loop.Setup();

        public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(loop.RunAsync(cancellationToken), counted.RunAsync(cancellationToken));

        public void Dispose()
        {
            loop.Dispose();
            counted.Dispose();
        }
    }
}
