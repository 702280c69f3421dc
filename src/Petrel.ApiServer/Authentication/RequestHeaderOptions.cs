using System.Security.Cryptography.X509Certificates;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Pki;

namespace Petrel.ApiServer.Authentication;

/// <summary>Whose word about who makes a request is taken, and in which headers (kubernetes.io, "Authenticating Proxy"); named after upstream's flags.</summary>
public sealed record RequestHeaderOptions
{
    /// <summary>Flag <c>--requestheader-client-ca-file</c>: authorities of the proxies that are believed; empty for the server's own front proxy authority.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>Flag <c>--requestheader-allowed-names</c>: common names of the proxies; empty for any that the authorities signed.</summary>
    public IReadOnlyList<string> AllowedNames { get; init; } = [ComponentCertificates.FrontProxyClient];

    /// <summary>Flag <c>--requestheader-username-headers</c>: the first that is there names the user.</summary>
    public IReadOnlyList<string> UsernameHeaders { get; init; } = [IdentityHeaders.User];

    /// <summary>Flag <c>--requestheader-uid-headers</c>: the first that is there tells the user's uid.</summary>
    public IReadOnlyList<string> UidHeaders { get; init; } = [];

    /// <summary>Flag <c>--requestheader-group-headers</c>: each of them names groups.</summary>
    public IReadOnlyList<string> GroupHeaders { get; init; } = [IdentityHeaders.Group];

    /// <summary>Flag <c>--requestheader-extra-headers-prefix</c>: headers that begin so tell what else is known of the user.</summary>
    public IReadOnlyList<string> ExtraHeadersPrefixes { get; init; } = [IdentityHeaders.ExtraPrefix];

    /// <summary>The authorities of the file, or those given when there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal X509Certificate2Collection AuthoritiesOr(X509Certificate2Collection own)
    {
        if (ClientCaFile.Length == 0)
        {
            return own;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(ClientCaFile);
        return authorities;
    }

    /// <summary>The authorities as PEM.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal string AuthoritiesPemOr(string own) => ClientCaFile.Length == 0 ? own : File.ReadAllText(ClientCaFile);
}
