using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// TLS towards node agents: the API server shows a client certificate of the cluster, kept valid as long as it runs, and
/// believes only servers whose certificate the cluster's authority signed for the address that was called.
/// </summary>
public sealed class NodeClientTls(CertificateAuthority authority, TimeProvider time)
{
    private readonly RenewedCertificate _certificate = new(authority.IssueKubeletClient, time);

    /// <summary>Settings for one client or connection. Each handshake takes the certificate of its own time.</summary>
    public SslClientAuthenticationOptions Create()
    {
        var options = WithClientCertificate();
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(authority.Roots);
        return options;
    }

    /// <summary>The same for a client that asks not to verify the node (PodLogOptions insecureSkipTLSVerifyBackend).</summary>
    public SslClientAuthenticationOptions CreateInsecure()
    {
        var options = WithClientCertificate();
#pragma warning disable CA5359 // The user asks for it, for logs of a node whose certificate is broken.
        options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    private SslClientAuthenticationOptions WithClientCertificate() => new()
    {
        LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate.Current(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };
}
