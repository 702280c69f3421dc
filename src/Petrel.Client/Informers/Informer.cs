using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>
/// Follows the objects of one resource by a <see cref="Reflector{T}"/> and keeps them in a cache, which only ever shows states
/// that the server had, in their order.
/// </summary>
public sealed class Informer<T> : IInformer, IReflectorStore<T> where T : ApiObject, IApiType<T>
{
    private readonly Reflector<T> _reflector;

    // Held while the cache changes and handlers are told, so that a late handler gets each object exactly once.
    private readonly Lock _dispatch = new();
    private readonly List<Action<Change<T>>> _handlers = [];

    public Informer(ObjectSource<T> source, InformerOptions options, TimeProvider time, ILogger logger) =>
        _reflector = new Reflector<T>(source, options, this, time, logger);

    public ObjectCache<T> Cache { get; } = new();

    public bool HasSynced => _reflector.HasSynced;

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _reflector.WaitForSyncAsync(cancellationToken);

    /// <inheritdoc cref="ObjectCache{T}.AddIndex"/>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values) => Cache.AddIndex(name, values);

    /// <summary>
    /// Calls the handler for every change, in order, after the cache has it. Objects that are already there come first, as
    /// added. The handler holds up the informer: it only notes what to do (puts a key into a queue).
    /// </summary>
    public void Subscribe(Action<Change<T>> handler)
    {
        lock (_dispatch)
        {
            foreach (var value in Cache.List())
            {
                handler(new Change<T>(null, value));
            }

            _handlers.Add(handler);
        }
    }

    /// <inheritdoc cref="Subscribe(Action{Change{T}})"/>
    public void Subscribe(Action<T>? added = null, Action<T, T>? updated = null, Action<T>? deleted = null) => Subscribe(change =>
    {
        if (change.IsAdded)
        {
            added?.Invoke(change.New!);
        }
        else if (change.IsDeleted)
        {
            deleted?.Invoke(change.Old!);
        }
        else
        {
            updated?.Invoke(change.Old!, change.New!);
        }
    });

    public Task RunAsync(CancellationToken cancellationToken) => _reflector.RunAsync(cancellationToken);

    /// <summary>Makes the cache equal to a complete list, telling handlers the difference.</summary>
    void IReflectorStore<T>.Replace(IReadOnlyList<T> items)
    {
        var listed = items.Select(ObjectKey.Of).ToHashSet();
        lock (_dispatch)
        {
            foreach (var gone in Cache.List().Where(value => !listed.Contains(ObjectKey.Of(value))))
            {
                Apply(gone, deleted: true);
            }

            foreach (var item in items)
            {
                Apply(item, deleted: false);
            }
        }
    }

    void IReflectorStore<T>.Put(T value) => Apply(value, deleted: false);

    void IReflectorStore<T>.Remove(T value) => Apply(value, deleted: true);

    private void Apply(T value, bool deleted)
    {
        lock (_dispatch)
        {
            var key = ObjectKey.Of(value);
            var old = Cache.Set(key, deleted ? null : value);
            var unchanged = deleted ? old is null : old?.Metadata.ResourceVersion == value.Metadata.ResourceVersion && old.Metadata.Uid == value.Metadata.Uid;
            if (unchanged)
            {
                return;
            }

            // A deletion event carries the last state, which may be later than what the cache had.
            Dispatch(deleted ? new Change<T>(value, null) : new Change<T>(old, value));
        }
    }

    private void Dispatch(Change<T> change)
    {
        foreach (var handler in _handlers)
        {
            handler(change);
        }
    }
}
