using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Node.Logs;
using Petrel.Node.Streaming;

namespace Petrel.Node.Serving;

/// <summary>
/// A node's own HTTPS API, under kubelet's paths: logs, exec, attach, port-forward, pods, health and metrics. Only users
/// whom the API server allows to use the node get in.
/// </summary>
/// <param name="api">As the node: it asks who bearers of tokens are and what users may do.</param>
public sealed class NodeServer(
    NodeServerOptions options,
    IApi api,
    IStreamingTargets streams,
    IContainerLogSource logs,
    IPodSource pods,
    ContainerLogReader logReader,
    TimeProvider time,
    ILoggerFactory logging) : IAsyncDisposable
{
    private readonly Lock _tlsGate = new();
    private X509Certificate2? _certificate;
    private SslServerAuthenticationOptions? _tls;
    private WebApplication? _application;

    /// <summary>The port that is listened on, once started.</summary>
    public int Port { get; private set; }

    /// <summary>Serves until cancelled; streams that are open then are cut.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        _application = builder.Build();

        var logger = logging.CreateLogger<NodeServer>();
        var gate = new NodeGate(new NodeAuthentication(api, options, time, logger), new NodeAuthorization(api, options, time), logger);
        _application.Use(next => context => gate.InvokeAsync(context, next));
        _application.UseRouting();
        _application.MapStreaming(streams, options.Upgrades);
        _application.MapContainerLogs(logs, logReader, time);
        _application.MapNode(options.Name, pods);

        await _application.StartAsync(cancellationToken);
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("Kestrel does not tell its addresses");
        Port = BindingAddress.Parse(addresses.Addresses.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            // Streams last for hours: waiting for their ends is no use.
            await application.StopAsync(new CancellationToken(canceled: true));
            await application.DisposeAsync();
        }
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Tls()) });
        });
    }

    /// <summary>The settings for the next connection; the same object until the certificate is renewed.</summary>
    private SslServerAuthenticationOptions Tls()
    {
        var certificate = options.Certificate();
        lock (_tlsGate)
        {
            if (_tls is null || !ReferenceEquals(certificate, _certificate))
            {
                (_certificate, _tls) = (certificate, TlsWith(certificate));
            }

            return _tls;
        }
    }

    /// <summary>Asks for a certificate but takes any or none: who it is from is the request's to find out, and to answer.</summary>
    private SslServerAuthenticationOptions TlsWith(X509Certificate2 certificate)
    {
        var chain = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        chain.CustomTrustStore.AddRange(options.ClientAuthorities);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // Not a server's but a client's certificate: the request's authentication verifies it.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            CertificateChainPolicy = chain,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }
}
