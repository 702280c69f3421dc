using System.Collections.Frozen;

namespace Petrel.ApiServer.Registry;

/// <summary>All served resources by group, version and path name.</summary>
internal sealed class ResourceRegistry(IReadOnlyList<ResourceEndpoint> endpoints)
{
    private readonly FrozenDictionary<(string Group, string Version, string Resource), ResourceEndpoint> _byPath =
        endpoints.ToFrozenDictionary(endpoint => (endpoint.Info.Group, endpoint.Info.Version, endpoint.Info.Resource));

    private readonly FrozenDictionary<Type, ResourceEndpoint> _byType = endpoints.ToFrozenDictionary(endpoint => endpoint.Type.ClrType);

    /// <summary>In the order of declaration.</summary>
    public IReadOnlyList<ResourceEndpoint> Endpoints { get; } = endpoints;

    public ResourceEndpoint? Find(string group, string version, string resource) => _byPath.GetValueOrDefault((group, version, resource));

    public ResourceEndpoint Of<T>() => _byType[typeof(T)];

    public bool HasGroup(string group) => group.Length == 0 || Endpoints.Any(endpoint => endpoint.Info.Group == group);
}
