namespace Petrel.Client.Informers;

/// <summary>What a <see cref="Reflector{T}"/> keeps up to date. It is called by one thread at a time, and holds up the watch while it works.</summary>
public interface IReflectorStore<in T>
{
    /// <summary>All objects there are: whatever else the store has is gone.</summary>
    void Replace(IReadOnlyList<T> items);

    /// <summary>An object was added or changed.</summary>
    void Put(T value);

    /// <summary>An object is gone.</summary>
    /// <param name="value">Its last state, which may be later than what the store was told before.</param>
    void Remove(T value);
}
