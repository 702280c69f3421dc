using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.CustomResources;

/// <summary>
/// The endpoints of all definitions that are served. An endpoint stays for as long as nothing changes that it is made of; when
/// something does, its watches end, so that their clients come back to the new one.
/// </summary>
/// <param name="versions">The versions of a definition.</param>
/// <param name="make">Makes the endpoint of a version.</param>
internal sealed class CustomEndpoints(Func<CustomResourceDefinition, CustomVersions> versions, Func<ResourceType, CancellationToken, ResourceEndpoint> make)
{
    private readonly Dictionary<string, Served> _served = new(StringComparer.Ordinal);

    /// <summary>The names of the definitions that are served.</summary>
    public IReadOnlyCollection<string> Names => _served.Keys;

    /// <summary>The endpoints in the order of discovery: groups by name, versions from the most stable one on.</summary>
    public IReadOnlyList<ResourceEndpoint> All =>
    [
        .. _served.Values.SelectMany(static served => served.Endpoints)
            .OrderBy(static endpoint => endpoint.Info.Group, StringComparer.Ordinal)
            .ThenBy(static endpoint => endpoint.Info.Version, Comparer<string>.Create(VersionOrder.Compare))
            .ThenBy(static endpoint => endpoint.Info.Resource, StringComparer.Ordinal),
    ];

    /// <summary>Serves a definition as it is now. False: it was served so already.</summary>
    public bool Serve(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name;
        if (_served.TryGetValue(name, out var served) && served.IsOf(definition))
        {
            return false;
        }

        _served[name] = new Served(definition, versions(definition), make);
        served?.Dispose();
        return true;
    }

    /// <summary>Serves a definition no more. False: it was not served.</summary>
    public bool Remove(string name)
    {
        if (!_served.Remove(name, out var served))
        {
            return false;
        }

        served.Dispose();
        return true;
    }

    /// <summary>An endpoint on the stored objects of a definition, whether it is served or not.</summary>
    public ResourceEndpoint OfStored(CustomResourceDefinition definition) =>
        make(versions(definition).Stored, CancellationToken.None);

    private sealed class Served(CustomResourceDefinition definition, CustomVersions versions, Func<ResourceType, CancellationToken, ResourceEndpoint> make) : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private IReadOnlyList<ResourceEndpoint>? _endpoints;

        public IReadOnlyList<ResourceEndpoint> Endpoints => _endpoints ??= [.. versions.Served.Select(type => make(type, _end.Token))];

        public bool IsOf(CustomResourceDefinition other) =>
            other.Metadata.Uid == definition.Metadata.Uid && other.Spec == definition.Spec && other.Status.AcceptedNames == definition.Status.AcceptedNames
            && other.Status.IsTrue(CustomResourceDefinitionCondition.Terminating) == definition.Status.IsTrue(CustomResourceDefinitionCondition.Terminating);

        // Who watches may still look at the token, which needs nothing disposed of.
        public void Dispose() => _end.Cancel();
    }
}
