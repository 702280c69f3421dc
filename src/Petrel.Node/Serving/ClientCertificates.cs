using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Petrel.Api.Authentication;

namespace Petrel.Node.Serving;

/// <summary>Users by their TLS client certificate: common name is the user, organizations are the groups.</summary>
internal sealed class ClientCertificates(X509Certificate2Collection authorities, TimeProvider time)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    // A connection hands out one certificate object for all its requests: verified once, forgotten with the connection.
    private readonly ConditionalWeakTable<X509Certificate2, StrongBox<UserInfo?>> _verified = [];

    /// <summary>Null when no authority vouches for the certificate, or not now.</summary>
    public UserInfo? UserOf(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        return now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime()
            ? _verified.GetValue(certificate, candidate => new StrongBox<UserInfo?>(Verify(candidate))).Value
            : null;
    }

    private UserInfo? Verify(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (!chain.Build(certificate))
        {
            return null;
        }

        // Attributes that share one part of the name (RFC 5280, 4.1.2.4) are not used for users, and not read.
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false).Where(static part => !part.HasMultipleElements).ToList();
        IEnumerable<string> Values(string type) => parts
            .Where(part => part.GetSingleElementType().Value == type)
            .Select(static part => part.GetSingleElementValue() ?? "");
        return Values(CommonName).FirstOrDefault() is { Length: > 0 } name ? new UserInfo { Username = name, Groups = [.. Values(Organization)] } : null;
    }
}
