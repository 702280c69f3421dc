using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>The names and addresses under which a server is reached: the subject alternative names of its certificate.</summary>
public sealed record CertificateNames(IReadOnlyList<string> DnsNames, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>The names of an API server: those of its service, of this machine, and what else the caller knows.</summary>
    /// <param name="clusterDomain">DNS domain of the cluster, e.g. cluster.local.</param>
    /// <param name="serviceAddress">Address of the service default/kubernetes.</param>
    public static CertificateNames ForApiServer(
        string clusterDomain, IPAddress serviceAddress, IEnumerable<string> moreNames, IEnumerable<IPAddress> moreAddresses) => new(
            [.. new[] { "kubernetes", "kubernetes.default", "kubernetes.default.svc", $"kubernetes.default.svc.{clusterDomain}", "localhost" }
                .Concat(moreNames).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, serviceAddress }.Concat(moreAddresses).Distinct()]);

    /// <summary>True when the certificate holds for every one of these names.</summary>
    public bool AreCoveredBy(X509Certificate2 certificate)
    {
        var held = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return held is not null
            && DnsNames.All(name => held.EnumerateDnsNames().Contains(name, StringComparer.OrdinalIgnoreCase))
            && Addresses.All(address => held.EnumerateIPAddresses().Contains(address));
    }

    internal X509Extension ToExtension()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in DnsNames)
        {
            builder.AddDnsName(name);
        }

        foreach (var address in Addresses)
        {
            builder.AddIpAddress(address);
        }

        return builder.Build();
    }
}
