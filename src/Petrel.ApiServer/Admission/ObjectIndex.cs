using System.Collections.Concurrent;
using Petrel.Api;
using Petrel.ApiServer.Authorization.Feeds;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>The stored objects of a kind without namespaces, decoded once and by name, for plugins that look at them with every pod.</summary>
internal sealed class ObjectIndex<T> : IFeedTarget<T> where T : ApiObject
{
    private volatile ConcurrentDictionary<string, T> _objects = new(StringComparer.Ordinal);

    /// <summary>All objects, in no order.</summary>
    public ICollection<T> All => _objects.Values;

    /// <summary>The object of the name. One that the index does not have is asked of the store: it may be newer than the index.</summary>
    public async ValueTask<T?> FindAsync(string name, ResourceStore store, CancellationToken cancellationToken) =>
        _objects.TryGetValue(name, out var found) ? found
            : await store.FindAsync("", name, cancellationToken) is { } stored ? (T)stored.Decode()
            : null;

    public void Reset(IReadOnlyList<T> objects) =>
        _objects = new ConcurrentDictionary<string, T>(objects.Select(static value => KeyValuePair.Create(value.Metadata.Name, value)), StringComparer.Ordinal);

    public void Set(T value) => _objects[value.Metadata.Name] = value;

    public void Remove(string @namespace, string name) => _objects.TryRemove(name, out _);
}
