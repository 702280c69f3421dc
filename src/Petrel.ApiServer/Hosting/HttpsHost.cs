using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Hosting;

/// <summary>The HTTPS listener of an API server: HTTP/2 and HTTP/1.1 on one port.</summary>
public sealed class HttpsHost : IAsyncDisposable
{
    /// <summary>Streams per HTTP/2 connection (--http2-max-streams-per-connection).</summary>
    private const int StreamsPerConnectionMax = 1000;

    private readonly WebApplication _application;

    private HttpsHost(WebApplication application, int port)
    {
        _application = application;
        Port = port;
    }

    /// <summary>The port that is listened on.</summary>
    public int Port { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpsHost> StartAsync(ApiServer server, ApiServerOptions options, ServerTls tls, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowResponseHeaderCompression = true;
            kestrel.Limits.MaxRequestBodySize = BodyReader.TakenBytesMax;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(10));
            // A watch may be silent for long.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Parse(options.BindAddress), options.SecurePort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.Current()) });
            });
        });
        var application = builder.Build();
        application.Run(server.HandleAsync);
        await application.StartAsync(cancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("Kestrel does not tell its addresses");
        return new HttpsHost(application, new Uri(addresses.Addresses.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
