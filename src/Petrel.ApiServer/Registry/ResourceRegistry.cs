using System.Collections.Frozen;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// All served resources: those that the server is made with, and custom ones that come and go while it runs. Whoever reads
/// several things of one moment takes <see cref="Current"/> once.
/// </summary>
internal sealed class ResourceRegistry(IReadOnlyList<ResourceEndpoint> builtIn)
{
    private readonly FrozenDictionary<Type, ResourceEndpoint> _byType =
        builtIn.Where(static endpoint => endpoint.Type.IsDeclared).ToFrozenDictionary(endpoint => endpoint.Type.ClrType);
    private readonly ResourceSet _known = new([.. builtIn.Where(static endpoint => endpoint.IsServed)]);
    private volatile ResourceSet _current = new([.. builtIn.Where(static endpoint => endpoint.IsServed)]);

    /// <summary>Told each time that <see cref="CustomVersions"/> has changed.</summary>
    public event Action? CustomVersionsChanged;

    /// <summary>The group versions of the custom resources; null before it is known which there are.</summary>
    public IReadOnlySet<(string Group, string Version)>? CustomVersions { get; private set; }

    /// <summary>What is served now.</summary>
    public ResourceSet Current => _current;

    /// <summary>In the order of declaration, custom resources last.</summary>
    public IReadOnlyList<ResourceEndpoint> Endpoints => _current.Endpoints;

    public ResourceEndpoint? Find(string group, string version, string resource) => _current.Find(group, version, resource);

    /// <summary>The endpoint of a built-in kind, served or not.</summary>
    public ResourceEndpoint Of<T>() => _byType[typeof(T)];

    /// <summary>The group is the server's own, not one of definitions.</summary>
    public bool IsBuiltIn(string group) => _known.HasGroup(group);

    public bool HasGroup(string group) => _current.HasGroup(group);

    /// <summary>Serves these custom resources from now on, and no others. What is built in keeps its path.</summary>
    public void ServeCustom(IEnumerable<ResourceEndpoint> custom)
    {
        _current = new ResourceSet([.. _known.Endpoints, .. custom.Where(endpoint => _known.Find(endpoint.Info.Group, endpoint.Info.Version, endpoint.Info.Resource) is null)]);
        var versions = _current.Endpoints.Skip(_known.Endpoints.Count).Select(static endpoint => (endpoint.Info.Group, endpoint.Info.Version)).ToFrozenSet();
        if (CustomVersions is null || !CustomVersions.SetEquals(versions))
        {
            CustomVersions = versions;
            CustomVersionsChanged?.Invoke();
        }
    }
}
