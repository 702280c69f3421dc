using Petrel.Api;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Fairness;

/// <summary>The stored objects of a kind without namespaces, by name; tells when they change.</summary>
internal sealed class StoredByName<T>(Action changed) : IFeedTarget<T> where T : ApiObject
{
    private readonly Lock _lock = new();
    private Dictionary<string, T> _objects = [];

    public IReadOnlyList<T> All()
    {
        lock (_lock)
        {
            return [.. _objects.Values];
        }
    }

    public void Reset(IReadOnlyList<T> objects)
    {
        lock (_lock)
        {
            _objects = objects.ToDictionary(static value => value.Metadata.Name);
        }

        changed();
    }

    public void Set(T value)
    {
        lock (_lock)
        {
            _objects[value.Metadata.Name] = value;
        }

        changed();
    }

    public void Remove(string @namespace, string name)
    {
        lock (_lock)
        {
            _objects.Remove(name);
        }

        changed();
    }
}
