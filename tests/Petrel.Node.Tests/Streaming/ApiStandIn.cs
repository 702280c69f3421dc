using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Petrel.Streams.Tests;
using Petrel.Streams.Upgrades;

namespace Petrel.Node.Tests.Streaming;

/// <summary>As much of an API server as kubectl asks for before and while it streams to one pod on one node.</summary>
internal sealed class ApiStandIn(Uri node)
{
    private static readonly SslClientAuthenticationOptions Tls = new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => TestServer.Certificate.Equals(certificate),
    };

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        const string Pod = "/api/v1/namespaces/default/pods/pod";
        await (path switch
        {
            "/api" => JsonAsync(context, """{"kind":"APIVersions","versions":["v1"]}"""),
            "/apis" => JsonAsync(context, """{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"""),
            "/api/v1" => JsonAsync(
                context,
                """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"]}]}"""),
            Pod => JsonAsync(
                context,
                """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"pod","namespace":"default"},"spec":{"containers":[{"name":"main"}]},"status":{"phase":"Running"}}"""),
            Pod + "/exec" => ProxyAsync(context, $"/exec/default/pod/{context.Request.Query["container"]}{KubeletQuery(context)}"),
            Pod + "/attach" => ProxyAsync(context, $"/attach/default/pod/{context.Request.Query["container"]}{KubeletQuery(context)}"),
            Pod + "/portforward" => ProxyAsync(context, "/portForward/default/pod"),
            Pod + "/log" => LogAsync(context),
            _ => NotFoundAsync(context),
        });
    }

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return context.Response.WriteAsync("404 page not found");
    }

    /// <summary>PodExecOptions under the names of the kubelet's query.</summary>
    private static string KubeletQuery(HttpContext context)
    {
        var query = new QueryBuilder { { "command", context.Request.Query["command"].Select(argument => argument!) } };
        foreach (var (api, kubelet) in new[] { ("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty") })
        {
            if (context.Request.Query[api] == "true")
            {
                query.Add(kubelet, "1");
            }
        }

        return query.ToString();
    }

    private async Task ProxyAsync(HttpContext context, string path)
    {
        if (await UpgradeProxy.RunAsync(context, new Uri(node, path), new UpgradeOptions { Tls = Tls }) is { } failure)
        {
            context.Response.StatusCode = failure.StatusCode;
            await context.Response.WriteAsync(failure.Message);
        }
    }

    private async Task LogAsync(HttpContext context)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = Tls });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"/containerLogs/default/pod/main{context.Request.QueryString}"));
        using var response = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            await context.Response.Body.FlushAsync();
        }
    }
}
