using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.RemoteCommands;
using Petrel.Streams.Upgrades;

namespace Petrel.Streams.Tests.RemoteCommands;

public sealed class RemoteCommandTranslatorTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _clientGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestServer _runtime = null!;
    private TestServer _node = null!;

    public async Task InitializeAsync()
    {
        _runtime = await TestServer.StartAsync(context => FakeRuntime.ServeAsync(context, _clientGone));
        _node = await TestServer.StartAsync(TranslateAsync);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _runtime.DisposeAsync();
    }

    [Fact]
    public async Task Stdin_reaches_the_command_and_ends_with_the_close_signal()
    {
        using var client = await ConnectAsync("cat?input=1&output=1", "error,stdin,stdout");
        await client.SendAsync(0, "hello\n"u8.ToArray());
        await client.CloseChannelAsync(0);
        await client.SendAsync(0, "after the end\n"u8.ToArray());
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Equal("hello\n", client.Text(1));
        Assert.Equal(FakeRuntime.Success, client.Text(3));
    }

    [Fact]
    public async Task Exit_code_passes_unchanged()
    {
        using var client = await ConnectAsync("fail?output=1&error=1", "error,stdout,stderr");
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Equal("no such file\n", client.Text(2));
        Assert.Equal(FakeRuntime.ExitCode3, client.Text(3));
    }

    [Fact]
    public async Task Terminal_sizes_pass_and_a_terminal_has_no_stderr()
    {
        using var client = await ConnectAsync("sizes?input=1&output=1&error=1&tty=1", "error,stdin,stdout,resize");
        await client.SendAsync(4, """{"Width":80,"Height":24}"""u8.ToArray());
        await client.SendAsync(4, """{"Width":100,"Height":50}"""u8.ToArray());
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Equal("""{"Width":80,"Height":24}{"Width":100,"Height":50}""", client.Text(1));
    }

    [Fact]
    public async Task Fifty_megabytes_come_back_intact()
    {
        var data = new byte[50 * 1024 * 1024];
        RandomNumberGenerator.Fill(data);
        using var client = await ConnectAsync("cat?input=1&output=1", "error,stdin,stdout");
        var receiving = client.FinishAsync();
        for (var offset = 0; offset < data.Length; offset += 1 << 20)
        {
            await client.SendAsync(0, data.AsMemory(offset, 1 << 20));
        }

        await client.CloseChannelAsync(0);
        await receiving.WaitAsync(Patience);
        Assert.Equal(SHA256.HashData(data), SHA256.HashData(client.Bytes(1)));
        Assert.Equal(FakeRuntime.Success, client.Text(3));
    }

    [Fact]
    public async Task A_command_that_ends_without_reading_its_input_ends_the_session()
    {
        using var client = await ConnectAsync("stuck?input=1&output=1", "error,stdin,stdout");
        var sending = Task.Run(async () =>
        {
            for (var count = 0; count < 64; count++)
            {
                await client.SendAsync(0, new byte[1 << 20]);
            }
        });
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Equal((100_000, FakeRuntime.Success), (client.Bytes(1).Length, client.Text(3)));
        await Task.WhenAny(sending).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_the_runtimes_session()
    {
        var client = await ConnectAsync("wait?input=1&output=1", "error,stdin,stdout");
        await client.SendAsync(0, "x"u8.ToArray());
        client.Dispose();
        await _clientGone.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_runtime_that_vanishes_is_a_failure_on_the_error_channel()
    {
        using var client = await ConnectAsync("vanish?output=1", "error,stdout");
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Contains("\"status\":\"Failure\"", client.Text(3), StringComparison.Ordinal);
        Assert.Contains("Internal error occurred: error reading from error stream", client.Text(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_told_on_the_error_channel()
    {
        await using var refusing = await TestServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("container not found (\"main\")\n");
        });
        await using var node = await TestServer.StartAsync(async context =>
            Assert.Null(await RemoteCommandTranslator.RunAsync(context, refusing.Address, new RemoteCommandStreams { Stdout = true }, new UpgradeOptions())));
        using var client = await ChannelClient.ConnectAsync(node.WebSocketAddress, "/");
        await client.FinishAsync().WaitAsync(Patience);
        Assert.Equal(
            """{"metadata":{},"status":"Failure","message":"Internal error occurred: unable to upgrade connection: container not found (\u0022main\u0022)","reason":"InternalError","details":{"causes":[{"message":"unable to upgrade connection: container not found (\u0022main\u0022)"}]},"code":500}""",
            client.Text(3));
    }

    [Fact]
    public async Task An_idle_session_is_closed()
    {
        var options = new UpgradeOptions { IdleTimeout = TimeSpan.FromMilliseconds(300) };
        await using var node = await TestServer.StartAsync(context => TranslateAsync(context, options));
        using var client = await ChannelClient.ConnectAsync(node.WebSocketAddress, "/wait?input=1&output=1&streams=error,stdin,stdout");
        await client.SendAsync(0, "x"u8.ToArray());
        await _clientGone.Task.WaitAsync(Patience);
    }

    private Task<ChannelClient> ConnectAsync(string command, string streams) =>
        ChannelClient.ConnectAsync(_node.WebSocketAddress, $"/{command}&streams={streams}");

    private Task TranslateAsync(HttpContext context) => TranslateAsync(context, new UpgradeOptions());

    private async Task TranslateAsync(HttpContext context, UpgradeOptions options)
    {
        Assert.True(RemoteCommandTranslator.IsRequested(context));
        var streams = RemoteCommandStreams.FromKubeletQuery(context.Request.Query)!;
        var target = new Uri(_runtime.Address, context.Request.Path + context.Request.QueryString.ToString());
        Assert.Null(await RemoteCommandTranslator.RunAsync(context, target, streams, options));
    }
}
