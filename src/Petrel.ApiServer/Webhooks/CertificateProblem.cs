using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Webhooks;

/// <summary>Why a server's certificate was not believed, in the words of Go's crypto/x509, which clients and people know.</summary>
internal static class CertificateProblem
{
    public static string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "x509: no certificate";
        }

        var problems = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, static (flags, status) => flags | status.Status);
        if (problems.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return "x509: certificate has expired or is not yet valid: " + Validity(certificate);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return problems.HasFlag(X509ChainStatusFlags.NotValidForUsage)
                ? "x509: certificate specifies an incompatible key usage"
                : "x509: certificate signed by unknown authority";
        }

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(static extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(static address => address.ToString())))
            .ToList();
        return names.Count == 0
            ? "x509: certificate is not valid for any names"
            : $"x509: certificate is valid for {string.Join(", ", names)}, not the name that was called";
    }

    private static string Validity(X509Certificate2 certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}");
}
