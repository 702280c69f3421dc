using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// TLS settings of the API server's port: asks clients for a certificate but takes any or none, because the authentication
/// of the request checks it and can answer with a Status.
/// </summary>
public sealed class ServerTls(ServingCertificate serving, CertificateAuthority authority)
{
    private readonly Lock _gate = new();
    private X509Certificate2? _certificate;
    private SslServerAuthenticationOptions? _options;

    /// <summary>The settings for the next connection; the same object until the serving certificate is renewed.</summary>
    public SslServerAuthenticationOptions Current()
    {
        var certificate = serving.Current();
        lock (_gate)
        {
            if (_options is null || !ReferenceEquals(certificate, _certificate))
            {
                _certificate = certificate;
                _options = Build(certificate);
            }

            return _options;
        }
    }

    private SslServerAuthenticationOptions Build(X509Certificate2 certificate)
    {
        // The handshake builds a chain whatever the callback says: keep that cheap and off the network.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority.Roots);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // Not a server's but a client's certificate: the request's authentication verifies it.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            CertificateChainPolicy = policy,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }
}
