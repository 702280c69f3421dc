using Petrel.Api;

namespace Petrel.ApiServer.Authorization.Feeds;

/// <summary>Holds what a feed tells it. Called by one feed at a time, in the order of the changes.</summary>
internal interface IFeedTarget<T> where T : ApiObject
{
    /// <summary>All objects of the kind; what is not among them is gone.</summary>
    void Reset(IReadOnlyList<T> objects);

    void Set(T value);

    void Remove(string @namespace, string name);
}
