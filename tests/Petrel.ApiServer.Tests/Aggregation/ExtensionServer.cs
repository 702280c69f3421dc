using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Petrel.ApiServer.Pki;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>
/// An extension API server of the group ext.example.com, version v1, on the loopback address, with an authority of its own.
/// It tells what it was asked, streams what it is given, switches protocols, and can be made to fail.
/// </summary>
internal sealed class ExtensionServer : IAsyncDisposable
{
    public const string Root = "/apis/ext.example.com/v1";

    private readonly CertificateAuthority _authority;
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _application;

    private ExtensionServer(CertificateAuthority authority, X509Certificate2 certificate, WebApplication application) =>
        (_authority, _certificate, _application) = (authority, certificate, application);

    /// <summary>Signs the server's certificate.</summary>
    public string AuthorityPem => _authority.CertificatePem;

    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>Lines that a watch of things sends; completing it ends the watch.</summary>
    public Channel<string> Events { get; } = Channel.CreateUnbounded<string>();

    /// <summary>What discovery answers with.</summary>
    public int DiscoveryCode { get; set; } = 200;

    /// <summary>What a request to switch protocols at /refuse is answered with.</summary>
    public int RefusalCode { get; set; } = 403;

    /// <summary>Serves /apis in the aggregated form.</summary>
    public bool HasAggregatedDiscovery { get; set; } = true;

    /// <summary>Bodies of /openapi/v2 and what is below /openapi/v3, by their paths; other documents are not there.</summary>
    public Dictionary<string, string> Documents { get; } = [];

    /// <param name="serverName">What its certificate holds for.</param>
    public static async Task<ExtensionServer> StartAsync(string serverName = "ext.default.svc")
    {
        var authority = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("extension", TimeProvider.System), TimeProvider.System);
        var certificate = authority.IssueServer(serverName, [], new CertificateNames([serverName], [])).Load();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            }));
        });
        var application = builder.Build();
        var server = new ExtensionServer(authority, certificate, application);
        application.UseWebSockets();
        application.Run(server.ServeAsync);
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Events.Writer.TryComplete();
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/apis" when HasAggregatedDiscovery:
                context.Response.ContentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
                await context.Response.WriteAsync(
                    """
                    {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{"name":"ext.example.com"},"versions":[
                    {"version":"v1","resources":[{"resource":"things","responseKind":{"group":"ext.example.com","version":"v1","kind":"Thing"},"scope":"Namespaced","singularResource":"thing","verbs":["get","list"]}],"freshness":"Current"}]}]}
                    """);
                break;
            case Root:
                context.Response.StatusCode = DiscoveryCode;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(
                    """{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"ext.example.com/v1","resources":[{"name":"things/status","singularName":"","namespaced":true,"kind":"Thing","verbs":["get"]},{"name":"things","singularName":"thing","namespaced":true,"kind":"Thing","verbs":["get","list"],"shortNames":["th"]}]}""");
                break;
            case var path when Documents.TryGetValue(path!, out var document):
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(document);
                break;
            case Root + "/redirect":
                context.Response.Redirect("https://elsewhere.example.com/");
                break;
            case Root + "/things":
                await context.Response.StartAsync();
                await context.Response.Body.FlushAsync();
                await foreach (var line in Events.Reader.ReadAllAsync())
                {
                    await context.Response.WriteAsync(line + "\n");
                    await context.Response.Body.FlushAsync();
                }

                break;
            case Root + "/upgrade":
                await EchoAsync(context);
                break;
            case Root + "/refuse":
                context.Response.StatusCode = RefusalCode;
                context.Response.Headers["X-Hop"] = "of this connection";
                context.Response.Headers.Connection = "X-Hop";
                await context.Response.WriteAsync("no streams here");
                break;
            case var path when path!.EndsWith("/portforward", StringComparison.Ordinal):
                await TellInSocketAsync(context);
                break;
            case var path when path!.StartsWith(Root + "/", StringComparison.Ordinal):
                await TellAsync(context);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private static async Task TellAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await context.Response.WriteAsJsonAsync(Seen(context, body.Length));
    }

    private static object Seen(HttpContext context, long body) => new
    {
        request = $"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}",
        body,
        proxy = context.Connection.ClientCertificate!.Subject,
        host = context.Request.Host.Value,
        headers = context.Request.Headers.ToDictionary(static header => header.Key.ToLowerInvariant(), static header => string.Join('|', header.Value.AsEnumerable())),
    };

    /// <summary>Tells what it was asked in the first message of a WebSocket, and then says everything again.</summary>
    private static async Task TellInSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols[0]);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(Seen(context, 0)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) is var read and > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
