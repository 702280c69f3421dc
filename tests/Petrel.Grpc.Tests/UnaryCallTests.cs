using Petrel.Grpc.Cri;
using Xunit;

namespace Petrel.Grpc.Tests;

public sealed class UnaryCallTests
{
    [Fact]
    public async Task A_call_carries_its_message_metadata_and_the_answer()
    {
        string? path = null, te = null, tag = null;
        await using var server = await TestServer.StartAsync(async http =>
        {
            (path, te, tag) = (http.Request.Path, http.Request.Headers.TE, http.Request.Headers["containerd-namespace"]);
            var request = await TestServer.ReadAsync(http);
            await TestServer.WriteAsync(http, $"got {request!.Version}");
            TestServer.End(http, 0);
        });

        var options = new GrpcCallOptions { Metadata = new Dictionary<string, string> { ["containerd-namespace"] = "k8s.io" } };
        var response = await server.Channel.UnaryAsync(TestServer.Method, new VersionRequest { Version = "v1" }, options);

        Assert.Equal("got v1", response.Version);
        Assert.Equal(("/test.Service/Call", "trailers", "k8s.io"), (path, te, tag));
    }

    [Fact]
    public async Task A_status_in_the_trailers_is_thrown_with_its_decoded_message()
    {
        await using var server = await TestServer.StartAsync(http =>
        {
            TestServer.End(http, 5, "container %22a%22 not found: 50%25 %E2%80%94");
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(GrpcStatusCode.NotFound, failure.StatusCode);
        Assert.Equal("container \"a\" not found: 50% \u2014", failure.Detail);
        Assert.StartsWith("rpc error: code = NotFound desc = container", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_in_the_headers_is_thrown()
    {
        await using var server = await TestServer.StartAsync(http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = "12";
            http.Response.Headers["grpc-message"] = "unknown method";
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal((GrpcStatusCode.Unimplemented, "unknown method"), (failure.StatusCode, failure.Detail));
    }

    [Theory]
    [InlineData(503, "text/plain", GrpcStatusCode.Unavailable)]
    [InlineData(404, "text/plain", GrpcStatusCode.Unimplemented)]
    [InlineData(200, "text/html", GrpcStatusCode.Unknown)]
    [InlineData(200, "application/grpc", GrpcStatusCode.Internal)]
    public async Task An_answer_without_a_status_is_an_error(int httpStatus, string contentType, GrpcStatusCode expected)
    {
        await using var server = await TestServer.StartAsync(http =>
        {
            http.Response.StatusCode = httpStatus;
            http.Response.ContentType = contentType;
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(expected, failure.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Not_exactly_one_message_is_an_error(int messages)
    {
        await using var server = await TestServer.StartAsync(async http =>
        {
            for (var i = 0; i < messages; i++)
            {
                await TestServer.WriteAsync(http, "x");
            }

            TestServer.End(http, 0);
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(GrpcStatusCode.Internal, failure.StatusCode);
    }

    [Fact]
    public async Task The_deadline_is_told_to_the_server_and_kept_by_the_client()
    {
        string? told = null;
        var reset = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(http =>
        {
            told = http.Request.Headers["grpc-timeout"];
            http.RequestAborted.Register(() => reset.TrySetResult());
            return reset.Task;
        });

        var options = new GrpcCallOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest(), options));

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal("200000u", told);
        await reset.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Cancelling_resets_the_call_at_the_server()
    {
        var arrived = new TaskCompletionSource();
        var reset = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(http =>
        {
            http.RequestAborted.Register(() => reset.TrySetResult());
            arrived.TrySetResult();
            return reset.Task;
        });

        using var cancellation = new CancellationTokenSource();
        var call = server.Channel.UnaryAsync(TestServer.Method, new VersionRequest(), null, cancellation.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await reset.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        await using var server = await TestServer.StartAsync(async http =>
        {
            await TestServer.WriteAsync(http, new string('x', 2000));
            TestServer.End(http, 0);
        });
        using var channel = server.Connect(new GrpcChannelOptions { MaxReceiveMessageBytes = 1000 });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(GrpcStatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable_and_names_the_socket()
    {
        using var channel = GrpcChannel.ForUnixSocket("/tmp/petrel-nobody.sock");

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
        Assert.Contains("unix:///tmp/petrel-nobody.sock", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_lost_in_a_call_is_unavailable()
    {
        await using var server = await TestServer.StartAsync(http =>
        {
            http.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>()!.Abort();
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => server.Channel.UnaryAsync(TestServer.Method, new VersionRequest()));

        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
    }
}
