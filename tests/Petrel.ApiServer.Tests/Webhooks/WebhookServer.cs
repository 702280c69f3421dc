using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Petrel.ApiServer.Pki;

namespace Petrel.ApiServer.Tests.Webhooks;

/// <summary>A webhook on the loopback address with a certificate of its own authority, answering each path as told.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private static readonly Lazy<CertificateAuthority> Authority = new(static () => new CertificateAuthority(CertificateAuthority.CreateSelfSigned("webhooks", TimeProvider.System), TimeProvider.System));

    private static readonly Lazy<IssuedCertificate> Certificate = new(static () => Authority.Value.IssueServer(
        "hook", [], new CertificateNames(["hook.default.svc", "localhost"], [IPAddress.Loopback])));

    private readonly ConcurrentDictionary<string, Func<HttpContext, JsonNode, Task>> _answers = new();
    private WebApplication? _application;

    /// <summary>Every question so far, in order.</summary>
    public ConcurrentQueue<(string Path, JsonNode Review)> Questions { get; } = new();

    public string Address => _application!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public int Port => new Uri(Address).Port;

    /// <summary>The authority in base64, as configurations have it.</summary>
    public static string CaBundle => Convert.ToBase64String(Encoding.UTF8.GetBytes(Authority.Value.CertificatePem));

    public static async Task<WebhookServer> StartAsync()
    {
        var server = new WebhookServer();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var certificate = Certificate.Value.Load();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            })));
        server._application = builder.Build();
        server._application.Run(server.ServeAsync);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Answers a path with a response that the question's uid is put into.</summary>
    public void Answer(string path, string response) => _answers[path] = (context, review) =>
    {
        var answer = JsonNode.Parse(response)!.AsObject();
        answer.TryAdd("uid", review["request"]!["uid"]!.DeepClone());
        return context.Response.WriteAsync(new JsonObject
        {
            ["apiVersion"] = review["apiVersion"]!.DeepClone(),
            ["kind"] = "AdmissionReview",
            ["response"] = answer,
        }.ToJsonString());
    };

    /// <summary>Answers a path with a JSON patch.</summary>
    public void Patch(string path, string patch) =>
        Answer(path, $$"""{"allowed": true, "patchType": "JSONPatch", "patch": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(patch))}}"}""");

    /// <summary>Answers a path in whatever way.</summary>
    public void Serve(string path, Func<HttpContext, JsonNode, Task> answer) => _answers[path] = answer;

    public async ValueTask DisposeAsync() => await _application!.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!;
        var path = context.Request.Path.Value!;
        Questions.Enqueue((path, review));
        await _answers[path](context, review);
    }
}
