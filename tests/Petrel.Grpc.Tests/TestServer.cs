using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Petrel.Grpc.Cri;

namespace Petrel.Grpc.Tests;

/// <summary>A gRPC server over a Unix socket, made of the bytes the protocol asks for and none of the client's code.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly GrpcMethod<VersionRequest, VersionResponse> Method = new("test.Service", "Call");

    private readonly WebApplication _app;
    private readonly string _socket;

    private TestServer(WebApplication app, string socket)
    {
        _app = app;
        _socket = socket;
        Channel = GrpcChannel.ForUnixSocket(socket);
    }

    public GrpcChannel Channel { get; }

    public static async Task<TestServer> StartAsync(RequestDelegate handler)
    {
        var socket = Path.Combine(Path.GetTempPath(), $"petrel-grpc-{Guid.NewGuid():N}.sock");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync();
        return new TestServer(app, socket);
    }

    public GrpcChannel Connect(GrpcChannelOptions options) => GrpcChannel.ForUnixSocket(_socket, options);

    public static async Task<VersionRequest?> ReadAsync(HttpContext http)
    {
        var prefix = new byte[5];
        var read = await http.Request.Body.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false, http.RequestAborted);
        if (read == 0)
        {
            return null;
        }

        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        return VersionRequest.Parser.ParseFrom(body);
    }

    public static async Task WriteAsync(HttpContext http, string version)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/grpc";
        }

        var message = new VersionResponse { Version = version }.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        await http.Response.Body.WriteAsync(frame, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static void End(HttpContext http, int status, string? message = null)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/grpc";
        }

        http.Response.AppendTrailer("grpc-status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (message is not null)
        {
            http.Response.AppendTrailer("grpc-message", message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        File.Delete(_socket);
    }
}
