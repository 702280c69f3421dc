using Petrel.Api;

namespace Petrel.Client.Informers;

/// <summary>What happened to one object of a cache. Changes between two looks at the server may be folded into one.</summary>
/// <param name="Old">The object before; null when it was added.</param>
/// <param name="New">The object after; null when it was deleted.</param>
public readonly record struct Change<T>(T? Old, T? New) where T : ApiObject
{
    public bool IsAdded => Old is null;

    public bool IsDeleted => New is null;

    /// <summary>The object as last known, whether it still exists or not.</summary>
    public T Object => New ?? Old!;
}
