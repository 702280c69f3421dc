using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.Client.Http;

/// <summary>TLS of a client: whom it trusts and the certificate it shows.</summary>
internal static class TlsSettings
{
    public static SslClientAuthenticationOptions Of(HttpApiOptions options)
    {
        var settings = new SslClientAuthenticationOptions();
        if (options.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // What the option asks for: kubeconfig's insecure-skip-tls-verify.
            settings.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.CertificateAuthorityPem is { } pem)
        {
            // Only these authorities count, and clusters have no revocation service to ask.
            settings.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            settings.CertificateChainPolicy.CustomTrustStore.ImportFromPem(pem);
        }

        if (options.ClientCertificatePem is { } certificatePem)
        {
            var key = options.ClientKeyPem ?? throw new ArgumentException("a client certificate needs its key", nameof(options));
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            settings.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificatePem, key), chain, offline: true);
        }

        return settings;
    }
}
