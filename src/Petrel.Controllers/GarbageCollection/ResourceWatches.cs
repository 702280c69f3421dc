using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Follows the metadata of every resource that can be deleted, and the coming and going of resources.</summary>
internal sealed partial class ResourceWatches(IApi api, TimeProvider time, ILogger logger)
{
    // When these change, so may the resources served.
    private static readonly GroupResource[] Sources = [new("apiextensions.k8s.io", "customresourcedefinitions"), new("apiregistration.k8s.io", "apiservices")];

    // Discovery follows a changed definition with some delay; and one that failed in part is asked again.
    private static readonly TimeSpan RefreshDelay = TimeSpan.FromSeconds(2);

    // Short-lived and plentiful, and nobody's owner; upstream leaves the same ones out.
    private static readonly HashSet<GroupResource> Ignored = [new("", "events"), new("events.k8s.io", "events")];

    private readonly ResourceDiscovery _discovery = new(api);
    private readonly Dictionary<GroupResource, Watch> _watches = [];
    // Holds one item when there is something new, however often it was said.
    private readonly Channel<bool> _refresh = Channel.CreateBounded<bool>(1);
    private volatile Dictionary<(string ApiVersion, string Kind), ResourceInfo> _byKind = [];

    /// <summary>The resource that serves a kind; null when none does.</summary>
    public ResourceInfo? Find(string apiVersion, string kind)
    {
        if (_byKind.TryGetValue((apiVersion, kind), out var info))
        {
            return info;
        }

        // References may name an older version of the same kind.
        var group = GroupVersionKind.FromApiVersion(apiVersion, kind).Group;
        return _byKind.Values.FirstOrDefault(candidate => candidate.Kind == kind && candidate.Group == group);
    }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="storeOf">Makes the store that is told of a resource's objects.</param>
    public async Task RunAsync(Func<ResourceInfo, IReflectorStore<PartialObjectMetadata>> storeOf, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var complete = await RefreshAsync(storeOf, cancellationToken);
                backoff.Reset();
                await WaitForChangeAsync(complete ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(30), cancellationToken);
                await Task.Delay(RefreshDelay, time, cancellationToken);
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException)
            {
                Log.Failed(logger, exception.Message);
                await backoff.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        await Task.WhenAll(_watches.Values.Select(static watch => watch.StopAsync()));
    }

    private async Task WaitForChangeAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _refresh.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing changed, but it is time to ask again.
        }
    }

    private async Task<bool> RefreshAsync(Func<ResourceInfo, IReflectorStore<PartialObjectMetadata>> storeOf, CancellationToken cancellationToken)
    {
        var discovered = await _discovery.DiscoverAsync(cancellationToken);
        _byKind = discovered.Resources.GroupBy(static info => (info.ApiVersion, info.Kind)).ToDictionary(static infos => infos.Key, static infos => infos.First());
        var wanted = discovered.Resources
            .Where(static info => info.Verbs.HasFlag(Verbs.List | Verbs.Watch | Verbs.Delete) && !Ignored.Contains(info.GroupResource))
            .ToDictionary(static info => info.GroupResource);
        if (discovered.Failures.Count == 0)
        {
            foreach (var (resource, watch) in _watches.Where(entry => !wanted.ContainsKey(entry.Key)).ToList())
            {
                await watch.StopAsync();
                _watches.Remove(resource);
            }
        }

        foreach (var (resource, info) in wanted.Where(entry => !_watches.ContainsKey(entry.Key)))
        {
            _watches.Add(resource, Start(info, storeOf(info), cancellationToken));
        }

        return discovered.Failures.Count == 0;
    }

    private Watch Start(ResourceInfo info, IReflectorStore<PartialObjectMetadata> store, CancellationToken cancellationToken)
    {
        if (Sources.Contains(info.GroupResource))
        {
            store = new NotifyingStore(store, Refresh);
        }

        var reflector = new Reflector<PartialObjectMetadata>(ObjectSource.OfMetadata(api, info), InformerOptions.Default, store, time, logger);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return new Watch(Task.Run(() => FollowAsync(reflector, stop.Token), CancellationToken.None), stop);
    }

    private async Task FollowAsync(Reflector<PartialObjectMetadata> reflector, CancellationToken cancellationToken)
    {
        try
        {
            await reflector.RunAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // A handler's bug: without this resource the graph would be wrong, so that everything ends here, loudly.
            _refresh.Writer.TryComplete(exception);
        }
    }

    private void Refresh() => _refresh.Writer.TryWrite(true);

    /// <summary>Says after every change that there was one.</summary>
    private sealed class NotifyingStore(IReflectorStore<PartialObjectMetadata> inner, Action changed) : IReflectorStore<PartialObjectMetadata>
    {
        public void Replace(IReadOnlyList<PartialObjectMetadata> items)
        {
            inner.Replace(items);
            changed();
        }

        public void Put(PartialObjectMetadata value)
        {
            inner.Put(value);
            changed();
        }

        public void Remove(PartialObjectMetadata value)
        {
            inner.Remove(value);
            changed();
        }
    }

    private sealed record Watch(Task Running, CancellationTokenSource Stop)
    {
        public async Task StopAsync()
        {
            await Stop.CancelAsync();
            await Running;

            Stop.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot ask which resources there are, will try again: {Message}")]
        public static partial void Failed(ILogger logger, string message);
    }
}
