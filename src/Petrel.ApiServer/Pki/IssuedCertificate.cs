using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>A certificate and its private key as PEM texts.</summary>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem)
{
    /// <summary>Both together, as TLS wants them. The caller disposes it.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
}
