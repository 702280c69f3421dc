using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// The cluster's certificate authority: signs the certificates of servers and of clients. Keys are ECDSA P-256, which every
/// TLS library knows and which take no time to make.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(10 * 365);
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(365);

    // Clocks of clients may be behind by this much.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <exception cref="ArgumentException">The key is not the certificate's, or one of them is not PEM.</exception>
    /// <exception cref="CryptographicException">The certificate cannot be read.</exception>
    public CertificateAuthority(IssuedCertificate pair, TimeProvider time)
    {
        _certificate = pair.Load();
        _time = time;
        CertificatePem = pair.CertificatePem;
        Roots = [X509CertificateLoader.LoadCertificate(_certificate.RawData)];
    }

    /// <summary>What clients need to trust the cluster's servers, and servers its clients.</summary>
    public string CertificatePem { get; }

    /// <summary>The authority's certificate without its key.</summary>
    public X509Certificate2Collection Roots { get; }

    public DateTimeOffset NotAfter => _certificate.NotAfter.ToUniversalTime();

    /// <summary>Makes a new, self-signed authority.</summary>
    public static IssuedCertificate CreateSelfSigned(string name, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(name, []), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - ClockSkew, now + AuthorityLifetime);
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>A certificate by which a user proves who it is: the name is the user, the organizations are its groups.</summary>
    public IssuedCertificate IssueClient(string name, params IReadOnlyList<string> organizations) =>
        Issue(name, organizations, ClientAuthentication, names: null);

    /// <summary>A certificate for a server that is reached under the names.</summary>
    public IssuedCertificate IssueServer(string name, IReadOnlyList<string> organizations, CertificateNames names) =>
        Issue(name, organizations, ServerAuthentication, names);

    /// <summary>True when this authority signed the certificate.</summary>
    public bool Signed(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        foreach (var root in Roots)
        {
            root.Dispose();
        }
    }

    private IssuedCertificate Issue(string name, IReadOnlyList<string> organizations, Oid purpose, CertificateNames? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(name, organizations), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.ToExtension());
        }

        var now = _time.GetUtcNow();
        var notAfter = now + CertificateLifetime < NotAfter ? now + CertificateLifetime : NotAfter;
        lock (_gate)
        {
            using var certificate = request.Create(_certificate, now - ClockSkew, notAfter, SerialNumber());
            return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        }
    }

    private static X500DistinguishedName Subject(string name, IReadOnlyList<string> organizations)
    {
        // The builder encodes what was added last first.
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        foreach (var organization in organizations.Reverse())
        {
            builder.AddOrganizationName(organization);
        }

        return builder.Build();
    }

    // Positive, as RFC 5280 (4.1.2.2) wants it, and never zero.
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
