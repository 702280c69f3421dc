using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.Api.Certificates;

/// <summary>PKCS#10 requests as PEM.</summary>
public static class SigningRequest
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EcKey = "1.2.840.10045.2.1";

    /// <summary>Reads the request without looking at its signature; null when it is none.</summary>
    public static CertificateRequest? Read(ReadOnlyMemory<byte> pem) =>
        Block(pem) is { } block && TryLoad(block, CertificateRequestLoadOptions.SkipSignatureValidation, out var request) ? request : null;

    /// <summary>What is wrong with the request, its signature included; null when nothing.</summary>
    internal static string? Problem(ReadOnlyMemory<byte> pem)
    {
        if (Block(pem) is not { } block)
        {
            return "PEM block type must be CERTIFICATE REQUEST";
        }

        if (!TryLoad(block, CertificateRequestLoadOptions.SkipSignatureValidation, out var request))
        {
            return "asn1: structure error: malformed certificate request";
        }

        return TryLoad(block, CertificateRequestLoadOptions.Default, out _) ? null : request.PublicKey.Oid.Value switch
        {
            RsaKey => "crypto/rsa: verification error",
            EcKey => "x509: ECDSA verification failure",
            _ => "x509: cannot verify signature: algorithm unimplemented",
        };
    }

    private static byte[]? Block(ReadOnlyMemory<byte> pem) =>
        PemBlock.ReadAll(pem).FirstOrDefault() is { Type: "CERTIFICATE REQUEST" } block ? block.Content : null;

    private static bool TryLoad(byte[] content, CertificateRequestLoadOptions options, out CertificateRequest request)
    {
        try
        {
            // The hash is for signing, which is not done here. Extensions are the signer's to judge.
            request = CertificateRequest.LoadSigningRequest(
                content, HashAlgorithmName.SHA256, options | CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException or ArgumentException)
        {
            request = null!;
            return false;
        }
    }
}
