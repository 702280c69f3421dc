using System.Text.RegularExpressions;

namespace Petrel.Api.Core;

/// <summary>
/// A container image's name as image tools read it: <c>nginx</c> is <c>docker.io/library/nginx:latest</c>
/// (the reference grammar of the OCI distribution specification with Docker's short names).
/// </summary>
/// <param name="Registry">Host and optional port, e.g. <c>docker.io</c>.</param>
/// <param name="Repository">Path inside the registry, e.g. <c>library/nginx</c>.</param>
/// <param name="Tag">The tag; <c>latest</c> when the name has neither tag nor digest, empty when it has only a digest.</param>
/// <param name="Digest">Digest with its algorithm, or empty.</param>
public sealed partial record ImageReference(string Registry, string Repository, string Tag, string Digest)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>Null for text that is not an image name.</summary>
    public static ImageReference? Parse(string image)
    {
        if (HexName().IsMatch(image))
        {
            return null; // image ids are no names
        }

        var (registry, rest) = SplitRegistry(image);
        if (registry == DefaultRegistry && !rest.Contains('/', StringComparison.Ordinal))
        {
            rest = "library/" + rest;
        }

        var match = Grammar().Match(rest);
        if (!match.Success || !RegistryGrammar().IsMatch(registry))
        {
            return null;
        }

        var (tag, digest) = (match.Groups["tag"].Value, match.Groups["digest"].Value);
        return new(registry, match.Groups["path"].Value, tag.Length == 0 && digest.Length == 0 ? "latest" : tag, digest);
    }

    /// <summary>The pull policy of a container that states none: a moving tag is pulled always.</summary>
    internal static string DefaultPullPolicy(string image) => Parse(image)?.Tag == "latest" ? "Always" : "IfNotPresent";

    // The first element is a registry only when it looks like a host: a dot, a port, upper case, or localhost.
    private static (string Registry, string Remainder) SplitRegistry(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        var isHost = first.AsSpan().ContainsAny('.', ':') || first == "localhost" || !first.Equals(first.ToLowerInvariant(), StringComparison.Ordinal);
        if (!isHost)
        {
            return (DefaultRegistry, image);
        }

        return (first == "index.docker.io" ? DefaultRegistry : first, image[(slash + 1)..]);
    }

    [GeneratedRegex(@"^(?<path>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RegistryGrammar();

    [GeneratedRegex(@"^[a-f0-9]{64}\z")]
    private static partial Regex HexName();
}
