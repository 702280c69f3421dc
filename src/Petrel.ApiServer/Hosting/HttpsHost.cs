using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Lifecycle;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Hosting;

/// <summary>The HTTPS listener of an API server: HTTP/2 and HTTP/1.1 on one port.</summary>
public sealed class HttpsHost : IAsyncDisposable
{
    /// <summary>Bytes of a request's line and headers together: what Go's server takes.</summary>
    private const int HeaderBytesMax = 1024 * 1024;

    /// <summary>Headers of a request. Impersonation needs one for each group.</summary>
    private const int HeaderCountMax = 1000;

    // Go's server as kube-apiserver sets it up.
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(90);

    private readonly WebApplication _application;
    private readonly ServerLifecycle _lifecycle;
    private readonly ApiServerOptions _options;
    private bool _isStopped;

    private HttpsHost(WebApplication application, ServerLifecycle lifecycle, ApiServerOptions options, int port)
    {
        (_application, _lifecycle, _options) = (application, lifecycle, options);
        Port = port;
    }

    /// <summary>The port that is listened on.</summary>
    public int Port { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpsHost> StartAsync(ApiServer server, ApiServerOptions options, ServerTls tls, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var handshakes = new HandshakeErrors(server.Metrics);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowResponseHeaderCompression = true;
            kestrel.Limits.MaxRequestBodySize = BodyReader.TakenBytesMax;
            kestrel.Limits.MaxRequestLineSize = HeaderBytesMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
            kestrel.Limits.MaxRequestHeaderCount = HeaderCountMax;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = HeaderBytesMax;
            kestrel.Limits.Http2.MaxStreamsPerConnection = options.Http2MaxStreamsPerConnection;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(10));
            // A watch may be silent for long.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Parse(options.BindAddress), options.SecurePort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                handshakes.CountFailures(listen);
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.Current()) });
                HandshakeErrors.NoteSuccess(listen);
            });
        });
        var application = builder.Build();
        application.Run(server.HandleAsync);
        await application.StartAsync(cancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("Kestrel does not tell its addresses");
        return new HttpsHost(application, server.Lifecycle, options, new Uri(addresses.Addresses.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port);
    }

    /// <summary>
    /// Stops in order: for the shutdown delay everything is served while /readyz fails; then nobody new is let in, watches and streams end, and
    /// what is being answered is answered, within the time a request may take.
    /// </summary>
    public async Task StopAsync(TimeProvider time)
    {
        _lifecycle.BeginShutdown();
        await Task.Delay(_options.ShutdownDelayDuration, time, CancellationToken.None);
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _application.DisposeAsync();
    }

    private async Task EndAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        using var limit = new CancellationTokenSource(_options.RequestTimeout > TimeSpan.Zero ? _options.RequestTimeout : Timeout.InfiniteTimeSpan);
        await Task.WhenAll(_application.StopAsync(limit.Token), _lifecycle.EndStreamsAsync());
    }
}
