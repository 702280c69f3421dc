using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Quotas;
using Petrel.Api.Resources;
using Petrel.Client.Informers;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.ResourceQuotas;

/// <summary>
/// Follows the resources that quotas count, so that what goes is counted no longer. Pods, services and claims are followed always, others
/// from when a quota first counts them.
/// </summary>
internal sealed class CountedResources : IDisposable
{
    /// <summary>Upstream's period (--resource-quota-sync-period), for what was charged and then not stored.</summary>
    private static readonly TimeSpan ResyncPeriod = TimeSpan.FromMinutes(5);

    // Discovery is not asked more often for a resource that is not there.
    private static readonly TimeSpan DiscoveryPeriod = TimeSpan.FromSeconds(30);

    private readonly ControllerServices _services;
    private readonly ResourceDiscovery _discovery;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<GroupResource, ResourceInfo> _known = [];
    private readonly HashSet<GroupResource> _followed = [];
    private readonly Channel<Reflector<PartialObjectMetadata>> _started = Channel.CreateUnbounded<Reflector<PartialObjectMetadata>>();
    private long? _discovered;

    public CountedResources(ControllerServices services)
    {
        _services = services;
        _discovery = new ResourceDiscovery(services.Api);
        _logger = services.Logging.CreateLogger<CountedResources>();
        Follow<Pod>(new PodQuota());
        Follow<Service>(new ServiceQuota());
        Follow<PersistentVolumeClaim>(new ClaimQuota());
    }

    /// <summary>Called when something of a namespace (null: of all) may be used no longer.</summary>
    public Action<IQuotaEvaluator, string?> Changed { get; set; } = static (_, _) => { };

    /// <summary>Called now and then: everything should be counted anew.</summary>
    public Action Resync { get; set; } = static () => { };

    /// <summary>The resource as the API serves it, which is followed from now on; null when it is not served.</summary>
    public async Task<ResourceInfo?> FindAsync(GroupResource resource, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_known.ContainsKey(resource) && (_discovered is not { } last || _services.Time.GetElapsedTime(last) >= DiscoveryPeriod))
            {
                foreach (var info in (await _discovery.DiscoverAsync(cancellationToken)).Resources)
                {
                    _known[info.GroupResource] = info;
                }

                _discovered = _services.Time.GetTimestamp();
            }

            if (_known.GetValueOrDefault(resource) is not { } found)
            {
                return null;
            }

            if (found.Verbs.HasFlag(Verbs.List | Verbs.Watch) && _followed.Add(resource))
            {
                var store = new Deletions(QuotaEvaluators.For(resource), this);
                var source = ObjectSource.OfMetadata(_services.Api, found);
                await _started.Writer.WriteAsync(new Reflector<PartialObjectMetadata>(source, InformerOptions.Default, store, _services.Time, _logger), cancellationToken);
            }

            return found;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs the watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = new List<Task> { ResyncAsync(cancellationToken) };
        try
        {
            await foreach (var reflector in _started.Reader.ReadAllAsync(cancellationToken))
            {
                running.Add(Task.Run(() => reflector.RunAsync(cancellationToken), CancellationToken.None));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }

        await Task.WhenAll(running);
    }

    public void Dispose() => _turn.Dispose();

    private async Task ResyncAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ResyncPeriod, _services.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Resync();
        }
    }

    private void Follow<T>(IQuotaEvaluator evaluator) where T : ApiObject, IResource<T>, Petrel.Api.Schema.IApiType<T> => _services.Informers.For<T>().Subscribe(
        deleted: gone => Changed(evaluator, gone.Metadata.Namespace),
        updated: (old, value) =>
        {
            if (evaluator.FreesBy(value, old, _services.Time.GetUtcNow()))
            {
                Changed(evaluator, value.Metadata.Namespace);
            }
        });

    /// <summary>Tells of what goes; how much is left is asked for then, not kept here.</summary>
    private sealed class Deletions(IQuotaEvaluator evaluator, CountedResources owner) : IReflectorStore<PartialObjectMetadata>
    {
        // What went before (between the count that had the resource followed and the first list, say) nobody was told of.
        public void Replace(IReadOnlyList<PartialObjectMetadata> items) => owner.Changed(evaluator, null);

        public void Put(PartialObjectMetadata value)
        {
            // What is added was charged for by admission.
        }

        public void Remove(PartialObjectMetadata value) => owner.Changed(evaluator, value.Metadata.Namespace);
    }
}
