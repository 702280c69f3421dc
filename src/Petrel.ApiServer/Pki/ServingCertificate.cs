using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// A server's certificate that keeps itself valid: it survives restarts in two files and is issued anew when its names
/// change, when its authority does, and in the last third of its life, also while the server runs.
/// </summary>
public sealed class ServingCertificate(
    CertificateAuthority authority, string name, CertificateNames names, string certificatePath, string keyPath, TimeProvider time)
{
    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private DateTimeOffset _renewAt;

    /// <summary>
    /// The certificate to show now. Called for every connection, so it looks at the clock only, until it is time to renew. A
    /// replaced certificate is left to the connections that still use it.
    /// </summary>
    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            if (_current is null || time.GetUtcNow() >= _renewAt)
            {
                _current = ReadUsable() ?? Renew();
                _renewAt = RenewalTime(_current);
            }

            return _current;
        }
    }

    private X509Certificate2? ReadUsable()
    {
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            return null;
        }

        X509Certificate2 stored;
        try
        {
            stored = new IssuedCertificate(File.ReadAllText(certificatePath), File.ReadAllText(keyPath)).Load();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // The two files do not fit together, as after a crash between writing them: issuing a new pair costs nothing.
            return null;
        }

        if (names.AreCoveredBy(stored) && time.GetUtcNow() < RenewalTime(stored) && authority.Signed(stored))
        {
            return stored;
        }

        stored.Dispose();
        return null;
    }

    private X509Certificate2 Renew()
    {
        var issued = authority.IssueServer(name, [], names);
        SecretFile.Replace(keyPath, issued.KeyPem);
        SecretFile.Replace(certificatePath, issued.CertificatePem);
        return issued.Load();
    }

    private static DateTimeOffset RenewalTime(X509Certificate2 certificate)
    {
        DateTimeOffset notBefore = certificate.NotBefore.ToUniversalTime();
        DateTimeOffset notAfter = certificate.NotAfter.ToUniversalTime();
        return notBefore + ((notAfter - notBefore) * (2.0 / 3));
    }
}
