using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Http;
using Xunit;

namespace Petrel.Client.Tests.Http;

/// <summary>The client against a real TLS server.</summary>
public sealed class HttpApiTests : IAsyncLifetime
{
    private readonly X509Certificate2 _server = SelfSigned("localhost");
    private readonly X509Certificate2 _client = SelfSigned("someone");
    private readonly ManualTime _time = new();
    private readonly WebApplication _app;
    private RequestDelegate _answer = static _ => Task.CompletedTask;

    public HttpApiTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = _server;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        _app = builder.Build();
        _app.Run(context => _answer(context));
    }

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task A_server_is_asked_for_by_the_name_that_its_certificate_must_have()
    {
        var asked = "";
        _answer = context =>
        {
            asked = context.Request.Host.Host;
            return Task.CompletedTask;
        };
        var byAddress = Trusting() with { Server = new UriBuilder(Trusting().Server) { Host = "127.0.0.1" }.Uri };
        using var unnamed = new HttpApi(byAddress, _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => unnamed.SendAsync(new ApiRequest("GET", "/"), default));
        using var named = new HttpApi(byAddress with { TlsServerName = "localhost" }, _time);
        Assert.Equal(200, (await named.SendAsync(new ApiRequest("GET", "/"), default)).StatusCode);
        Assert.Equal("localhost", asked);
    }

    [Fact]
    public async Task A_request_carries_method_body_and_headers_over_http2()
    {
        _answer = async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                $"{context.Request.Protocol} {context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType} {context.Request.Headers.Accept} {await body.ReadToEndAsync()}");
        };
        using var api = new HttpApi(Trusting(), _time);
        var response = await api.SendAsync(new ApiRequest("PATCH", "/a%20b?x=1") { Body = "{}"u8.ToArray(), ContentType = "application/merge-patch+json" }, CancellationToken.None);
        Assert.Equal((201, "application/json"), (response.StatusCode, response.ContentType));
        Assert.Equal("HTTP/2 PATCH /a%20b?x=1 application/merge-patch+json application/json {}", System.Text.Encoding.UTF8.GetString(response.Body.Span).Replace("/a b", "/a%20b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        using var api = new HttpApi(Trusting() with { CertificateAuthorityPem = _client.ExportCertificatePem() }, _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => api.SendAsync(new ApiRequest("GET", "/"), CancellationToken.None));
        using var careless = new HttpApi(Trusting() with { CertificateAuthorityPem = null, InsecureSkipTlsVerify = true }, _time);
        Assert.True((await careless.SendAsync(new ApiRequest("GET", "/"), CancellationToken.None)).IsSuccess);
    }

    [Fact]
    public async Task The_client_certificate_is_shown()
    {
        _answer = static async context => await context.Response.WriteAsync((await context.Connection.GetClientCertificateAsync())?.Subject ?? "none");
        using var key = _client.GetECDsaPrivateKey()!;
        using var api = new HttpApi(Trusting() with { ClientCertificatePem = _client.ExportCertificatePem(), ClientKeyPem = key.ExportPkcs8PrivateKeyPem() }, _time);
        Assert.Equal("CN=someone", await TextAsync(api));
    }

    [Fact]
    public async Task A_token_file_is_read_again()
    {
        _answer = static context => context.Response.WriteAsync(context.Request.Headers.Authorization.ToString());
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "first\n");
            using var api = new HttpApi(Trusting() with { BearerTokenFile = file }, _time);
            Assert.Equal("Bearer first", await TextAsync(api));
            await File.WriteAllTextAsync(file, "second\n");
            Assert.Equal("Bearer first", await TextAsync(api));
            _time.Advance(TimeSpan.FromSeconds(61));
            Assert.Equal("Bearer second", await TextAsync(api));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Watch_events_arrive_as_they_are_written_and_in_pieces()
    {
        var next = new SemaphoreSlim(0);
        _answer = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"type":"ADDED","object":{"kind":"ConfigMap","metadata":{"name":"a"}}}""" + "\n" + """{"type":"MODI""");
            await context.Response.Body.FlushAsync();
            await next.WaitAsync();
            await context.Response.WriteAsync("""FIED","object":{"metadata":{"name":"b"}}}""" + "\n");
        };
        using var api = new HttpApi(Trusting(), _time);
        var seen = new List<string>();
        await foreach (var item in api.WatchAsync<ConfigMap>(null, new ListOptions(), CancellationToken.None))
        {
            seen.Add(item.Type + " " + item.Object.Metadata.Name);
            next.Release();
        }

        Assert.Equal(["ADDED a", "MODIFIED b"], seen);
    }

    [Fact]
    public async Task A_refused_watch_throws_the_servers_status()
    {
        _answer = static context =>
        {
            context.Response.StatusCode = 410;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"kind":"Status","apiVersion":"v1","reason":"Expired","code":410,"message":"too old"}""");
        };
        using var api = new HttpApi(Trusting(), _time);
        var exception = await Assert.ThrowsAsync<ApiException>(() => DrainAsync(api));
        Assert.True(exception.IsExpired);
        Assert.Equal("too old", exception.Message);
    }

    [Fact]
    public async Task A_watch_that_breaks_is_a_connection_error()
    {
        _answer = static async context =>
        {
            await context.Response.WriteAsync("""{"type":"ADDED","object":{"metadata":{"name":"a"}}}""" + "\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var api = new HttpApi(Trusting(), _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => DrainAsync(api));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_connection_error()
    {
        var options = Trusting();
        await _app.StopAsync();
        using var api = new HttpApi(options, _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => api.SendAsync(new ApiRequest("GET", "/"), CancellationToken.None));
    }

    private static async Task DrainAsync(HttpApi api)
    {
        await foreach (var _ in api.WatchAsync<ConfigMap>(null, new ListOptions(), CancellationToken.None))
        {
        }
    }

    private static async Task<string> TextAsync(HttpApi api) =>
        System.Text.Encoding.UTF8.GetString((await api.SendAsync(new ApiRequest("GET", "/"), CancellationToken.None)).Body.Span);

    private HttpApiOptions Trusting() => new(new Uri(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)))
    {
        CertificateAuthorityPem = _server.ExportCertificatePem(),
    };

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddHours(1));
    }
}
