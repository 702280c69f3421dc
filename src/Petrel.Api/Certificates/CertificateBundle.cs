using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Petrel.Api.Validation;

namespace Petrel.Api.Certificates;

/// <summary>Certificates as PEM.</summary>
internal static class CertificateBundle
{
    /// <summary>What is wrong with the text; null when nothing, also when there is no text.</summary>
    public static string? Problem(ReadOnlyMemory<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var count = 0;
        foreach (var block in PemBlock.ReadAll(text))
        {
            count++;
            if (block.Type != "CERTIFICATE")
            {
                return $"only CERTIFICATE PEM blocks are allowed, found {GoSyntax.Quote(block.Type)}";
            }

            if (block.HasHeaders)
            {
                return "no PEM block headers are permitted";
            }

            if (block.Content.Length == 0)
            {
                return "found CERTIFICATE PEM block containing 0 certificates";
            }

            try
            {
                X509CertificateLoader.LoadCertificate(block.Content).Dispose();
            }
            catch (CryptographicException)
            {
                return "x509: malformed certificate";
            }
        }

        return count == 0 ? "must contain at least one CERTIFICATE PEM block" : null;
    }
}
