using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Petrel.Streams.Tests;

/// <summary>A Kestrel server on a free port of the loopback, with TLS when asked.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, bool tls)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        WebSocketAddress = new UriBuilder(Address) { Scheme = tls ? "wss" : "ws" }.Uri;
    }

    public static X509Certificate2 Certificate { get; } = CreateCertificate();

    public Uri Address { get; }

    public Uri WebSocketAddress { get; }

    public static Task<TestServer> StartAsync(RequestDelegate handler, bool tls = false) =>
        StartAsync((Action<WebApplication>)(app => app.Run(handler)), tls);

    public static async Task<TestServer> StartAsync(Action<WebApplication> configure, bool tls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, tls)));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return new TestServer(app, tls);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static void Configure(ListenOptions listen, bool tls)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (tls)
        {
            listen.UseHttps(Certificate);
        }
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
