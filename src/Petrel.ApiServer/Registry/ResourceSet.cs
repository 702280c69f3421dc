using System.Collections.Frozen;

namespace Petrel.ApiServer.Registry;

/// <summary>Resources by group, version and path name, as they are at one moment. Never changes; another set takes its place.</summary>
internal sealed class ResourceSet
{
    private readonly FrozenDictionary<(string Group, string Version, string Resource), ResourceEndpoint> _byPath;
    private readonly FrozenSet<string> _groups;

    public ResourceSet(IReadOnlyList<ResourceEndpoint> endpoints)
    {
        Endpoints = endpoints;
        _byPath = endpoints.ToFrozenDictionary(static endpoint => (endpoint.Info.Group, endpoint.Info.Version, endpoint.Info.Resource));
        _groups = endpoints.Select(static endpoint => endpoint.Info.Group).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>In the order in which discovery lists groups and versions.</summary>
    public IReadOnlyList<ResourceEndpoint> Endpoints { get; }

    public ResourceEndpoint? Find(string group, string version, string resource) => _byPath.GetValueOrDefault((group, version, resource));

    public bool HasGroup(string group) => group.Length == 0 || _groups.Contains(group);
}
