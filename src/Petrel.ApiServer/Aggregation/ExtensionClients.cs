using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Petrel.Api.Registration;
using Petrel.ApiServer.Pki;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// Makes the clients of extension API servers, which show this server's front proxy certificate. A connection carries one
/// request, because only then can each group have a line of its own (<see cref="RepeatedHeaderStream"/>).
/// </summary>
internal sealed class ExtensionClients(RenewedCertificate identity, IWebProxy proxy) : IDisposable
{
    /// <summary>A server that does not take a connection for this long is not there.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // By the name of the APIService: as many as there are of these.
    private readonly ConcurrentDictionary<string, (ExtensionTrust Trust, ExtensionClient Client)> _clients = new();

    /// <exception cref="CryptographicException">The bundle of authorities cannot be read.</exception>
    public ExtensionClient For(APIService service)
    {
        var reference = service.Spec.Service ?? throw new ArgumentException($"{service.Metadata.Name} is served by this server", nameof(service));
        var trust = new ExtensionTrust($"{reference.Name}.{reference.Namespace}.svc", service.Spec.CaBundle, service.Spec.InsecureSkipTLSVerify);
        if (_clients.TryGetValue(service.Metadata.Name, out var known) && known.Trust == trust)
        {
            return known.Client;
        }

        // The old one is left to the requests that still run through it, and keeps no connection after them.
        var client = Make(trust);
        _clients[service.Metadata.Name] = (trust, client);
        return client;
    }

    /// <summary>Lets go of the client of a registration that is gone.</summary>
    public void Forget(string name) => _clients.TryRemove(name, out _);

    public void Dispose()
    {
        foreach (var (_, client) in _clients.Values)
        {
            client.Dispose();
        }
    }

    private ExtensionClient Make(ExtensionTrust trust)
    {
        var requests = new HttpMessageInvoker(new SocketsHttpHandler
        {
            Proxy = proxy,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.Zero,
            PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new RepeatedHeaderStream(context.PlaintextStream, IdentityHeaders.Prefix)),
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            SslOptions = Tls(trust),
        });
        return new ExtensionClient(trust.ServerName, requests, new UpgradeOptions { Tls = Tls(trust), ServerName = trust.ServerName, RepeatedHeaders = IdentityHeaders.Prefix });
    }

    private SslClientAuthenticationOptions Tls(ExtensionTrust trust)
    {
        var options = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => identity.Current(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (trust.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // Its administrator asks for it, with insecureSkipTLSVerify.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (trust.CaBundle.Length > 0)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(trust.CaBundle.Span));
        }

        return options;
    }
}
