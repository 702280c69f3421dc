using Petrel.Api.ApiExtensions.Objects;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Paths;
using Petrel.ApiServer.OpenApi.Schemas;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.OpenApi;

/// <summary>Makes OpenAPI documents from what is registered: one for everything (v2), or one for each group and version (v3).</summary>
/// <param name="version">Kubernetes version, as <c>1.33</c>.</param>
internal sealed class Documents(ResourceRegistry registry, string version)
{
    private const string TokenIssuer = ".well-known/openid-configuration";
    private const string TokenKeys = "openid/v1/jwks";
    private const string Version = "version";

    /// <summary>Names of the documents of v3: the paths below which they describe everything.</summary>
    public IReadOnlyList<string> Names() =>
    [
        .. new[] { TokenIssuer, "api", "apis", TokenKeys, Version }
            .Concat(GroupVersions().SelectMany(each => each.Group.Length == 0 ? ["api/" + each.Version] : new[] { "apis/" + each.Group, $"apis/{each.Group}/{each.Version}" }))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A document of v3.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public Document Of(string name)
    {
        var definitions = new DefinitionSet();
        IEnumerable<PathItem> paths = name.Split('/') switch
        {
            [".well-known", "openid-configuration"] => [ServerPaths.TokenIssuer()],
            ["openid", "v1", "jwks"] => [ServerPaths.TokenKeys()],
            [Version] => [ServerPaths.Version(definitions)],
            ["api"] => [ServerPaths.Core(definitions)],
            ["apis"] => [ServerPaths.Groups(definitions)],
            ["api", var served] => OfVersion("", served, definitions),
            ["apis", var group] => [ServerPaths.Group(group, definitions)],
            ["apis", var group, var served] => OfVersion(group, served, definitions),
            _ => throw new ArgumentException($"there is no OpenAPI document {name}", nameof(name)),
        };
        return new Document(version, Ordered(paths), definitions.Complete());
    }

    /// <summary>The one document of v2.</summary>
    public Document Whole()
    {
        var definitions = new DefinitionSet();
        IEnumerable<PathItem> paths =
        [
            ServerPaths.TokenIssuer(),
            ServerPaths.TokenKeys(),
            ServerPaths.Version(definitions),
            ServerPaths.Core(definitions),
            ServerPaths.Groups(definitions),
            .. GroupVersions().Select(each => each.Group).Where(group => group.Length > 0).Distinct().Select(group => ServerPaths.Group(group, definitions)),
            .. GroupVersions().SelectMany(each => OfVersion(each.Group, each.Version, definitions, isV2: true)),
        ];
        return new Document(version, Ordered(paths), definitions.Complete());
    }

    private IEnumerable<(string Group, string Version)> GroupVersions() => registry.Endpoints.Select(endpoint => (endpoint.Info.Group, endpoint.Info.Version)).Distinct();

    private IEnumerable<PathItem> OfVersion(string group, string served, DefinitionSet definitions, bool isV2 = false)
    {
        yield return ServerPaths.Resources(group, served, definitions);
        foreach (var endpoint in registry.Endpoints.Where(endpoint => endpoint.Info.Group == group && endpoint.Info.Version == served))
        {
            if (endpoint.Type.Empty is CustomObject custom)
            {
                definitions.Define(endpoint.Type.Schema, () => new CustomDefinition(definitions, isV2).Make(custom.Kind));
            }

            foreach (var path in new ResourcePaths(endpoint.Info, endpoint.Type.Schema, definitions).All())
            {
                if (!endpoint.Type.IsCustom)
                {
                    yield return path;
                }
                else if (!path.Path.Contains("/watch/", StringComparison.Ordinal))
                {
                    yield return OfCustom(path);
                }
            }
        }
    }

    // Custom resources have fewer formats, and never had the deprecated watch paths.
    private static PathItem OfCustom(PathItem path) => path with
    {
        Operations = [.. path.Operations.Select(static operation => operation with { Consumes = MediaTypes.OfCustom(operation.Consumes), Produces = MediaTypes.OfCustom(operation.Produces) })],
    };

    private static PathItem[] Ordered(IEnumerable<PathItem> paths) => [.. paths.OrderBy(path => path.Path, StringComparer.Ordinal)];
}
