using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Petrel.Api.Core;
using Petrel.Grpc.Health;
using Petrel.Node.Probes;
using Petrel.Node.Probes.Actions;
using Xunit;

namespace Petrel.Node.Tests.Probes;

public sealed class GrpcProbeTests : IAsyncLifetime
{
    private WebApplication _server = null!;
    private string _seen = "";
    private Func<string, HttpResponse, Task> _answer = static (_, response) => AnswerAsync(response, HealthCheckResponse.Types.ServingStatus.Serving);

    private int Port => new Uri(_server.Urls.First()).Port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var service = HealthCheckRequest.Parser.ParseFrom(body.ToArray().AsSpan(5)).Service;
            _seen = $"{context.Request.Path} {service} {context.Request.Headers.UserAgent}";
            context.Response.ContentType = "application/grpc";
            await _answer(service, context.Response);
        });
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Serving_is_a_success()
    {
        Assert.Equal(ProbeAnswer.Success, await ProbeAsync("shop"));
        Assert.Equal("/grpc.health.v1.Health/Check shop kube-probe/1.33", _seen);
        Assert.Equal(ProbeAnswer.Success, await ProbeAsync(null));
    }

    [Fact]
    public async Task Everything_else_is_a_failure_in_upstreams_words()
    {
        _answer = static (_, response) => AnswerAsync(response, HealthCheckResponse.Types.ServingStatus.NotServing);
        Assert.Equal(ProbeAnswer.Failure("service unhealthy (responded with \"NOT_SERVING\")"), await ProbeAsync("shop"));

        _answer = static (_, response) => FailAsync(response, 12, "unknown service grpc.health.v1.Health");
        Assert.Equal(
            ProbeAnswer.Failure("error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service grpc.health.v1.Health"),
            await ProbeAsync("shop"));

        _answer = static (_, response) => FailAsync(response, 5, "unknown service");
        Assert.Equal(ProbeAnswer.Failure("error: health rpc probe failed: rpc error: code = NotFound desc = unknown service"), await ProbeAsync("shop"));

        _answer = static (_, response) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);
        Assert.Equal(ProbeAnswer.Failure("timeout: health rpc did not complete within 1s"), await ProbeAsync("shop", timeoutSeconds: 1));
    }

    [Fact]
    public async Task No_connection_is_a_failure_too()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal(ProbeAnswer.Failure($"timeout: failed to connect service \"127.0.0.1:{port}\" within 1m0s: context deadline exceeded"), await ProbeAsync("shop", port));
    }

    private static async Task AnswerAsync(HttpResponse response, HealthCheckResponse.Types.ServingStatus status)
    {
        response.DeclareTrailer("grpc-status");
        var message = new HealthCheckResponse { Status = status }.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        await response.Body.WriteAsync(frame);
        response.AppendTrailer("grpc-status", "0");
    }

    private static Task FailAsync(HttpResponse response, int status, string message)
    {
        response.Headers["grpc-status"] = $"{status}";
        response.Headers["grpc-message"] = message;
        return Task.CompletedTask;
    }

    private Task<ProbeAnswer> ProbeAsync(string? service, int? port = null, int timeoutSeconds = 60) => new GrpcProbe(new ProbeOptions(), TimeProvider.System).RunAsync(
        new ProbeTarget(new Pod(), new Container { Name = "c" }, new Probe { Grpc = new GRPCAction { Port = port ?? Port, Service = service }, TimeoutSeconds = timeoutSeconds }, "id", "127.0.0.1"),
        CancellationToken.None);
}
