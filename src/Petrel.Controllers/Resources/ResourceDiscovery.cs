using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Controllers.Resources;

/// <summary>Asks the API which resources it serves, each in its group's preferred version.</summary>
internal sealed class ResourceDiscovery(IApi api)
{
    /// <summary>What could be found, and what failed: a group whose server is away does not hide the others.</summary>
    public async Task<DiscoveredResources> DiscoverAsync(CancellationToken cancellationToken)
    {
        var groups = await GetAsync<APIGroupList>("/apis", cancellationToken);
        var versions = groups.Groups.Select(static group => group.PreferredVersion.GroupVersion).Prepend("v1");
        var (resources, failures) = (new List<ResourceInfo>(), new List<string>());
        foreach (var version in versions)
        {
            try
            {
                var list = await GetAsync<APIResourceList>(version == "v1" ? "/api/v1" : "/apis/" + version, cancellationToken);
                resources.AddRange(list.Resources.Where(static resource => !resource.Name.Contains('/', StringComparison.Ordinal)).Select(resource => Info(version, resource)));
            }
            catch (ApiException exception)
            {
                failures.Add($"{version}: {exception.Message}");
            }
        }

        return new DiscoveredResources(resources, failures);
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : IApiType<T>
    {
        var response = await api.SendAsync(new ApiRequest("GET", path), cancellationToken);
        TypedApi.ThrowIfError(response);
        return JsonDecoder.Decode<T>(response.Body.Span, new DecodeProblems());
    }

    private static ResourceInfo Info(string groupVersion, APIResource resource)
    {
        var kind = GroupVersionKind.FromApiVersion(groupVersion, resource.Kind);
        return new ResourceInfo(kind.Group, kind.Version, kind.Kind, resource.Name) { Namespaced = resource.Namespaced, Verbs = VerbsOf(resource.Verbs) };
    }

    private static Verbs VerbsOf(ApiList<string> names)
    {
        var verbs = Verbs.None;
        foreach (var name in names)
        {
            verbs |= Enum.TryParse<Verbs>(name, ignoreCase: true, out var verb) ? verb : Verbs.None;
        }

        return verbs;
    }
}

/// <summary>The answer of <see cref="ResourceDiscovery"/>.</summary>
/// <param name="Failures">Versions that could not be asked, with the reason.</param>
internal sealed record DiscoveredResources(IReadOnlyList<ResourceInfo> Resources, IReadOnlyList<string> Failures);
