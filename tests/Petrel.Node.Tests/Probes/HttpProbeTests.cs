using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.Node.Http;
using Petrel.Node.Probes;
using Petrel.Node.Probes.Actions;
using Petrel.Streams.Tests;
using Xunit;

namespace Petrel.Node.Tests.Probes;

public sealed class HttpProbeTests : IDisposable
{
    private readonly HttpGetClient _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(200, "Success", "")]
    [InlineData(204, "Success", "")]
    [InlineData(304, "Warning", "Probe terminated redirects, Response body: ")]
    [InlineData(302, "Warning", "Probe terminated redirects, Response body: text")]
    [InlineData(404, "Failure", "HTTP probe failed with statuscode: 404")]
    [InlineData(500, "Failure", "HTTP probe failed with statuscode: 500")]
    public async Task The_status_decides(int status, string kind, string text)
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return status is 204 or 304 ? Task.CompletedTask : context.Response.WriteAsync("text");
        });

        var answer = await ProbeAsync(server.Address, new HTTPGetAction { Path = "/" });

        Assert.Equal((kind, text), (answer.Kind.ToString(), answer.Text));
    }

    [Fact]
    public async Task The_request_is_what_the_probe_says()
    {
        var seen = new StringBuilder();
        await using var server = await TestServer.StartAsync(context =>
        {
            seen.Append($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} host={context.Request.Host} ");
            foreach (var name in new[] { "User-Agent", "Accept", "X-Two", "Connection", "Accept-Encoding" })
            {
                seen.Append($"{name}={context.Request.Headers[name]} ");
            }

            seen.Append('\n');
            return Task.CompletedTask;
        });

        await ProbeAsync(server.Address, new HTTPGetAction { Path = "/healthz?full=1" });
        await ProbeAsync(server.Address, new HTTPGetAction
        {
            Path = "no-slash",
            HttpHeaders = [new() { Name = "Host", Value = "web.example" }, new() { Name = "user-agent", Value = "mine" }, new() { Name = "Accept", Value = "" }, new() { Name = "X-Two", Value = "1" }, new() { Name = "X-Two", Value = "2" }],
        });

        Assert.Equal(
            $"GET /healthz?full=1 host={server.Address.Authority} User-Agent=kube-probe/1.33 Accept=*/* X-Two= Connection=close Accept-Encoding= \n"
            + "GET /no-slash host=web.example User-Agent=mine Accept= X-Two=1, 2 Connection=close Accept-Encoding= \n",
            seen.ToString());
    }

    [Fact]
    public async Task Redirects_are_followed_at_the_same_host_alone()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/local":
                    context.Response.Redirect("/end");
                    break;
                case "/remote":
                    context.Response.Redirect("http://example.invalid/");
                    break;
                case "/loop":
                    context.Response.Redirect("/loop");
                    break;
                case "/end":
                    context.Response.StatusCode = 503;
                    break;
            }

            return Task.CompletedTask;
        });

        Assert.Equal("HTTP probe failed with statuscode: 503", (await ProbeAsync(server.Address, new HTTPGetAction { Path = "/local" })).Text);
        Assert.Equal(ProbeAnswerKind.Warning, (await ProbeAsync(server.Address, new HTTPGetAction { Path = "/remote" })).Kind);
        Assert.Equal($"Get \"{server.Address}loop\": stopped after 10 redirects", (await ProbeAsync(server.Address, new HTTPGetAction { Path = "/loop" })).Text);
    }

    [Fact]
    public async Task Certificates_are_not_verified_and_plain_answers_are_named()
    {
        await using var secure = await TestServer.StartAsync(static _ => Task.CompletedTask, tls: true);
        await using var plain = await TestServer.StartAsync(static _ => Task.CompletedTask);

        Assert.Equal(ProbeAnswerKind.Success, (await ProbeAsync(secure.Address, new HTTPGetAction { Path = "/", Scheme = "HTTPS" })).Kind);
        var answer = await ProbeAsync(plain.Address, new HTTPGetAction { Path = "/x", Scheme = "HTTPS" });
        Assert.Equal($"Get \"https://{plain.Address.Authority}/x\": http: server gave HTTP response to HTTPS client", answer.Text);
    }

    [Fact]
    public async Task What_has_no_answer_fails_in_upstreams_words()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var slow = await ProbeAsync(address, new HTTPGetAction { Path = "/" }, timeoutSeconds: 1);
        Assert.Equal((ProbeAnswerKind.Failure, $"Get \"{address}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"), (slow.Kind, slow.Text));
        (await listener.AcceptSocketAsync()).Dispose();

        var ended = ProbeAsync(address, new HTTPGetAction { Path = "/" });
        using (var connection = await listener.AcceptSocketAsync())
        {
            await connection.ReceiveAsync(new byte[10_000]);
        }

        Assert.Equal($"Get \"{address}\": EOF", (await ended).Text);
        listener.Stop();
        Assert.Equal($"Get \"{address}\": dial tcp {address.Authority}: connect: connection refused", (await ProbeAsync(address, new HTTPGetAction { Path = "/" })).Text);
    }

    [Fact]
    public async Task An_endless_body_is_cut_off()
    {
        await using var server = await TestServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 300;
            var line = new byte[1024];
            Array.Fill(line, (byte)'x');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(line);
            }
        });

        var answer = await ProbeAsync(server.Address, new HTTPGetAction { Path = "/" });

        Assert.Equal("Probe terminated redirects, Response body: ".Length + (10 * 1024), answer.Text.Length);
    }

    [Fact]
    public async Task Ports_may_be_named_and_a_name_without_port_is_an_error()
    {
        await using var server = await TestServer.StartAsync(static _ => Task.CompletedTask);
        var container = new Container { Name = "c", Ports = [new() { Name = "web", Port = server.Address.Port }] };

        Assert.Equal(ProbeAnswerKind.Success, (await ProbeAsync(container, new HTTPGetAction { Path = "/", Port = "web" })).Kind);
        var answer = await ProbeAsync(container, new HTTPGetAction { Path = "/", Port = "other" });
        Assert.Equal((ProbeAnswerKind.Error, "strconv.Atoi: parsing \"other\": invalid syntax"), (answer.Kind, answer.Text));
    }

    private Task<ProbeAnswer> ProbeAsync(Uri address, HTTPGetAction action, int timeoutSeconds = 60) =>
        ProbeAsync(new Container { Name = "c" }, action with { Port = address.Port }, timeoutSeconds);

    private Task<ProbeAnswer> ProbeAsync(Container container, HTTPGetAction action, int timeoutSeconds = 60) =>
        new HttpProbe(_http, new ProbeOptions(), TimeProvider.System).RunAsync(
            new ProbeTarget(new Pod(), container, new Probe { HttpGet = action, TimeoutSeconds = timeoutSeconds }, "id", "127.0.0.1"), CancellationToken.None);
}
