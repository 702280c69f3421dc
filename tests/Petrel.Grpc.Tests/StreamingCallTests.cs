using Petrel.Grpc.Cri;
using Xunit;

namespace Petrel.Grpc.Tests;

public sealed class StreamingCallTests
{
    [Fact]
    public async Task A_server_stream_delivers_each_message_as_it_comes_and_ends()
    {
        var firstSeen = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async http =>
        {
            await TestServer.WriteAsync(http, "1");
            await firstSeen.Task;
            await TestServer.WriteAsync(http, "2");
            TestServer.End(http, 0);
        });

        var seen = new List<string>();
        await foreach (var message in server.Channel.ServerStreamAsync(TestServer.Method, new VersionRequest()))
        {
            seen.Add(message.Version);
            firstSeen.TrySetResult();
        }

        Assert.Equal(["1", "2"], seen);
    }

    [Fact]
    public async Task A_server_stream_that_fails_says_how_after_its_messages()
    {
        await using var server = await TestServer.StartAsync(async http =>
        {
            await TestServer.WriteAsync(http, "1");
            TestServer.End(http, 14, "shutting down");
        });

        var seen = new List<string>();
        var failure = await Assert.ThrowsAsync<GrpcException>(async () =>
        {
            await foreach (var message in server.Channel.ServerStreamAsync(TestServer.Method, new VersionRequest()))
            {
                seen.Add(message.Version);
            }
        });

        Assert.Equal(["1"], seen);
        Assert.Equal((GrpcStatusCode.Unavailable, "shutting down"), (failure.StatusCode, failure.Detail));
    }

    [Fact]
    public async Task Leaving_a_server_stream_resets_it()
    {
        var reset = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async http =>
        {
            http.RequestAborted.Register(() => reset.TrySetResult());
            await TestServer.WriteAsync(http, "1");
            await reset.Task;
        });

        await foreach (var _ in server.Channel.ServerStreamAsync(TestServer.Method, new VersionRequest()))
        {
            break;
        }

        await reset.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Both_sides_of_a_duplex_call_stream()
    {
        await using var server = await TestServer.StartAsync(async http =>
        {
            while (await TestServer.ReadAsync(http) is { } request)
            {
                await TestServer.WriteAsync(http, $"echo {request.Version}");
            }

            TestServer.End(http, 0);
        });

        await using var call = server.Channel.Duplex(TestServer.Method);
        foreach (var version in new[] { "a", "b", "c" })
        {
            await call.WriteAsync(new VersionRequest { Version = version });
            Assert.Equal($"echo {version}", (await call.ReadAsync())!.Version);
        }

        call.CompleteWriting();
        Assert.Null(await call.ReadAsync());
    }

    [Fact]
    public async Task The_server_may_speak_first_on_a_duplex_call()
    {
        await using var server = await TestServer.StartAsync(async http =>
        {
            await TestServer.WriteAsync(http, "hello");
            await TestServer.ReadAsync(http);
            TestServer.End(http, 0);
        });

        await using var call = server.Channel.Duplex(TestServer.Method);
        Assert.Equal("hello", (await call.ReadAsync())!.Version);
    }

    [Fact]
    public async Task Leaving_a_duplex_call_before_any_answer_resets_it()
    {
        var arrived = new TaskCompletionSource();
        var reset = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async http =>
        {
            http.RequestAborted.Register(() => reset.TrySetResult());
            arrived.TrySetResult();
            await reset.Task;
        });

        await using (server.Channel.Duplex(TestServer.Method))
        {
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await reset.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Writing_where_nobody_listens_fails()
    {
        using var channel = GrpcChannel.ForUnixSocket("/tmp/petrel-nobody.sock");
        await using var call = channel.Duplex(TestServer.Method);

        var failure = await Assert.ThrowsAsync<GrpcException>(() => call.WriteAsync(new VersionRequest()));

        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
    }
}
