using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Verifies client certificates against the cluster's client authorities and reads the user from them.</summary>
internal sealed class ClientCertificateVerifier(X509Certificate2Collection authorities, TimeProvider time)
{
    /// <summary>Of the extra value that says by which certificate a user is known.</summary>
    public const string CredentialKey = "authentication.kubernetes.io/credential-id";

    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    // A connection hands out one certificate object for all its requests: verified once, forgotten with the connection.
    private readonly ConditionalWeakTable<X509Certificate2, CertificateVerdict> _verified = [];

    /// <summary>The whole check, which costs signature verifications, once for each certificate object. What it says holds while the certificate is valid.</summary>
    public CertificateVerdict Verify(X509Certificate2 certificate) => _verified.GetValue(certificate, VerifyAnew);

    public bool IsCurrent(CertificateVerdict verdict)
    {
        var now = time.GetUtcNow();
        return now >= verdict.NotBefore && now <= verdict.NotAfter;
    }

    private CertificateVerdict VerifyAnew(X509Certificate2 certificate)
    {
        var result = IsSignedByAuthority(certificate, out var reason) ? ReadUser(certificate) : AuthenticationResult.Rejected("x509: " + reason);
        return new CertificateVerdict(result, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
    }

    private bool IsSignedByAuthority(X509Certificate2 certificate, out string reason)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        var valid = chain.Build(certificate);
        reason = valid ? "" : string.Join(", ", chain.ChainStatus.Select(static status => status.StatusInformation.Trim()).Distinct());
        return valid;
    }

    private static AuthenticationResult ReadUser(X509Certificate2 certificate)
    {
        var parts = DistinguishedName.Parts(certificate.SubjectName);
        var name = parts.Find(static part => part.Type == DistinguishedName.CommonName).Value ?? "";
        if (name.Length == 0)
        {
            return AuthenticationResult.NoCredentials;
        }

        return AuthenticationResult.Authenticated(new UserInfo(name)
        {
            Groups = [.. parts.Where(static part => part.Type == DistinguishedName.Organization).Select(static part => part.Value)],
            Extra = ApiMap.FromPairs<ApiList<string>>((CredentialKey, [CredentialId(certificate)])),
        });
    }

    private static string CredentialId(X509Certificate2 certificate) =>
        "X509SHA256=" + Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
}

/// <summary>What was found out about a certificate and between which times it holds.</summary>
internal sealed record CertificateVerdict(AuthenticationResult Result, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
