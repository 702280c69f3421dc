using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Petrel.ApiServer.Responses;
using Petrel.Streams;

namespace Petrel.ApiServer.Webhooks;

/// <summary>
/// Connections to webhooks, kept open for the next question. Webhooks share them when they have the host, the port and the
/// authorities in common.
/// </summary>
internal sealed class WebhookConnections(ServiceAddresses services, IWebhookCredentials credentials, IWebProxy proxy) : IDisposable
{
    /// <summary>Most hosts to which connections are kept.</summary>
    private const int HostsMax = 200;

    private static readonly TimeSpan IdleConnectionTimeout = TimeSpan.FromSeconds(90);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, HttpMessageInvoker Client)>> _clients = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, HttpMessageInvoker Client)> _byUse = new();

    /// <exception cref="WebhookException">The authorities or the credentials cannot be read.</exception>
    public HttpMessageInvoker For(WebhookAddress address)
    {
        var host = new Uri(address.Url);
        var key = $"{host.Authority} {(address.Service is null ? "" : "service")} {address.ServerName} {address.InsecureSkipTlsVerify} {Convert.ToHexString(SHA256.HashData(address.CaBundle.Span))}";
        lock (_lock)
        {
            if (_clients.TryGetValue(key, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Client;
            }

            var node = _byUse.AddFirst((key, Make(address, host)));
            _clients[key] = node;
            if (_clients.Count > HostsMax && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _clients.Remove(oldest.Value.Key);
                oldest.Value.Client.Dispose();
            }

            return node.Value.Client;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, client) in _byUse)
            {
                client.Dispose();
            }

            _byUse.Clear();
            _clients.Clear();
        }
    }

    private HttpMessageInvoker Make(WebhookAddress address, Uri host)
    {
        var credential = credentials.Of(address.Service is { } service ? service.Host : host.Host, host.Port);
        var handler = new SocketsHttpHandler
        {
            Proxy = proxy,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = IdleConnectionTimeout,
            SslOptions = Tls(address, credential),
            ConnectCallback = async (connection, cancellationToken) =>
            {
                // A service is known by its name only here; a proxy is not one.
                var isService = address.Service is not null && connection.DnsEndPoint.Host == host.Host && connection.DnsEndPoint.Port == host.Port;
                var target = !isService ? connection.DnsEndPoint : await services.ResolveAsync(address.Service!, cancellationToken);
                return await DialAsync(target, cancellationToken);
            },
        };
        return new HttpMessageInvoker(credential.Authorization is null ? handler : new AuthorizationHandler(credential.Authorization, handler));
    }

    private static SslClientAuthenticationOptions Tls(WebhookAddress address, WebhookCredential credential)
    {
        var options = new SslClientAuthenticationOptions
        {
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || address.InsecureSkipTlsVerify ? true : throw new AuthenticationException(CertificateProblem.Describe(certificate as X509Certificate2, chain, errors)),
        };
        if (!address.CaBundle.Span.IsEmpty)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            AddRoots(options.CertificateChainPolicy.CustomTrustStore, address.CaBundle);
        }

        if (credential.Certificate is { } certificate)
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return options;
    }

    private static void AddRoots(X509Certificate2Collection roots, Api.Binary pem)
    {
        try
        {
            var count = roots.Count;
            roots.ImportFromPem(System.Text.Encoding.UTF8.GetString(pem.Span));
            if (roots.Count > count)
            {
                return;
            }
        }
        catch (CryptographicException)
        {
            // Told below, in upstream's words.
        }

        const string problem = "unable to load root certificates: unable to parse bytes as PEM block";
        throw new WebhookException(problem, Statuses.InternalError(problem)) { IsMisconfigured = true };
    }

    private static async Task<Stream> DialAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var host = target.Host.Trim('[', ']');
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new IOException($"dial tcp: lookup {host}: no such host");
        }

        SocketException? first = null;
        foreach (var address in addresses)
        {
            try
            {
                return await Sockets.ConnectAsync(Sockets.Tcp(address.AddressFamily), new IPEndPoint(address, target.Port), cancellationToken);
            }
            catch (SocketException refused)
            {
                first ??= refused;
            }
        }

        var text = first is null ? "no such host" : Forwarding.BackendErrors.Describe(first);
        throw new IOException($"dial tcp {new IPEndPoint(addresses.FirstOrDefault(IPAddress.None), target.Port)}: {text}", first);
    }

    /// <summary>Puts the server's credentials into every request.</summary>
    private sealed class AuthorizationHandler(Func<string> authorization, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
