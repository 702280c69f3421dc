using System.Collections.Immutable;
using Petrel.Api.Registration;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Aggregation;

/// <summary>The APIServices as they are stored, for every request to look into. Readers see one state of all of them.</summary>
internal sealed class ApiServiceIndex : IFeedTarget<APIService>
{
    private ImmutableDictionary<(string Group, string Version), APIService> _services = ImmutableDictionary<(string, string), APIService>.Empty;
    private volatile bool _hasRemote;

    /// <summary>Any group version is served by another server: most clusters have none, and their requests need not be looked up.</summary>
    public bool HasRemote => _hasRemote;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<APIService> Services => Volatile.Read(ref _services).Values;

    /// <summary>What is registered for a group and version, if anything is.</summary>
    public APIService? Find(string group, string version) => Volatile.Read(ref _services).GetValueOrDefault((group, version));

    /// <summary>The registration of a group and version that another server serves.</summary>
    public APIService? FindRemote(string group, string version) => Find(group, version) is { IsRemote: true } service ? service : null;

    /// <inheritdoc/>
    public void Reset(IReadOnlyList<APIService> objects) =>
        Keep(objects.ToImmutableDictionary(static service => (service.Spec.Group, service.Spec.Version)));

    /// <inheritdoc/>
    public void Set(APIService value) => Keep(_services.SetItem((value.Spec.Group, value.Spec.Version), value));

    /// <inheritdoc/>
    public void Remove(string @namespace, string name)
    {
        // The name is VERSION.GROUP, and a version has no dot.
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            Keep(_services.Remove((name[(dot + 1)..], name[..dot])));
        }
    }

    private void Keep(ImmutableDictionary<(string Group, string Version), APIService> services)
    {
        Volatile.Write(ref _services, services);
        _hasRemote = services.Values.Any(static service => service.IsRemote);
    }
}
