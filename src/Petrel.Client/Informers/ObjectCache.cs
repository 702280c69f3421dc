using Petrel.Api;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>
/// The objects an informer knows, by key and by indexes. Safe for many threads; the objects are immutable, so a reader may
/// keep what it got. As large as what is listed.
/// </summary>
public sealed class ObjectCache<T> where T : ApiObject
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly Dictionary<string, Index<T>> _indexes = new(StringComparer.Ordinal);
    private readonly Index<T> _byNamespace = new(static value => [value.Metadata.Namespace]);

    /// <summary>
    /// Makes objects findable with <see cref="ByIndex"/>. Informers are shared, so the same index may be asked for twice:
    /// the one that has the name already stays.
    /// </summary>
    /// <param name="values">The values under which an object is found; none leaves it out.</param>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        lock (_lock)
        {
            if (_indexes.ContainsKey(name))
            {
                return;
            }

            var index = new Index<T>(values);
            foreach (var (key, value) in _objects)
            {
                index.Change(key, null, value);
            }

            _indexes.Add(name, index);
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>The object, or null when it is not known.</summary>
    /// <param name="namespace">Null or empty for cluster-scoped kinds.</param>
    public T? Find(string? @namespace, string name) => Find(new ObjectKey(@namespace ?? "", name));

    public T? Find(ObjectKey key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    /// <summary>All objects, in no order.</summary>
    public IReadOnlyList<T> List()
    {
        lock (_lock)
        {
            return [.. _objects.Values];
        }
    }

    /// <summary>The objects of one namespace, in no order.</summary>
    public IReadOnlyList<T> List(string @namespace)
    {
        lock (_lock)
        {
            return Lookup(_byNamespace, @namespace);
        }
    }

    /// <summary>The objects with this value in an index made with <see cref="AddIndex"/>, in no order.</summary>
    public IReadOnlyList<T> ByIndex(string name, string value)
    {
        lock (_lock)
        {
            return Lookup(_indexes[name], value);
        }
    }

    /// <summary>Puts, replaces or (null) removes an object and returns what was there before.</summary>
    internal T? Set(ObjectKey key, T? value)
    {
        lock (_lock)
        {
            var old = _objects.GetValueOrDefault(key);
            if (value is null)
            {
                _objects.Remove(key);
            }
            else
            {
                _objects[key] = value;
            }

            _byNamespace.Change(key, old, value);
            foreach (var index in _indexes.Values)
            {
                index.Change(key, old, value);
            }

            return old;
        }
    }

    private T[] Lookup(Index<T> index, string value) => [.. index.Find(value).Select(key => _objects[key])];
}
