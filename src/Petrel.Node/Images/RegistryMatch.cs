using System.IO.Enumeration;
using Petrel.Api.Core;

namespace Petrel.Node.Images;

/// <summary>
/// Whether credentials for a registry are for an image (kubernetes.io, "Images", "Interpretation of config.json"): host parts
/// may have wildcards, ports must be equal, and a path must begin the image's.
/// </summary>
internal static class RegistryMatch
{
    private static readonly string[] DefaultHosts = ["docker.io", "index.docker.io", "registry-1.docker.io"];

    /// <param name="registry">E.g. <c>https://index.docker.io/v1/</c>, <c>*.example.com:5000/team</c>.</param>
    public static bool Covers(string registry, string image)
    {
        if (ImageReference.Parse(image) is not { } reference)
        {
            return false;
        }

        var rest = registry[(registry.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..].TrimEnd('/'));
        // The versions of the registry API are written behind hosts and mean all of them.
        path = path is "v1" or "v2" ? "" : path;
        return IsHost(host, reference.Registry) && (path.Length == 0 || reference.Repository == path || reference.Repository.StartsWith(path + "/", StringComparison.Ordinal));
    }

    private static bool IsHost(string pattern, string host)
    {
        if (DefaultHosts.Contains(pattern) && DefaultHosts.Contains(host))
        {
            return true;
        }

        var (patternParts, hostParts) = (pattern.Split('.'), host.Split('.'));
        return patternParts.Length == hostParts.Length
            && patternParts.Zip(hostParts).All(static pair => FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, ignoreCase: false));
    }
}
