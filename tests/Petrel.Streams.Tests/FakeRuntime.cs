using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.Tests;

/// <summary>
/// The streaming server of a container runtime: exec over SPDY, v4.channel.k8s.io. The path names the command:
/// cat copies stdin to stdout; fail writes to stderr and exits with 3; sizes prints what arrives on resize; wait does
/// nothing until the client leaves; stuck ends without reading on or ending its streams; vanish drops the connection.
/// </summary>
internal static class FakeRuntime
{
    public const string Success = """{"metadata":{},"status":"Success"}""";

    public const string ExitCode3 =
        """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}""";

    /// <summary>Sessions whose client has gone; a test waits for it.</summary>
    public static async Task ServeAsync(HttpContext context, TaskCompletionSource? clientGone = null)
    {
        if (!context.Request.Headers.Upgrade.Equals("SPDY/3.1"))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("container not found (\"main\")\n");
            return;
        }

        context.Response.Headers.Upgrade = "SPDY/3.1";
        context.Response.Headers["X-Stream-Protocol-Version"] = "v4.channel.k8s.io";
        await using var transport = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await using var connection = SpdyConnection.Start(transport, SpdyRole.Server);
        var streams = await AcceptAsync(connection, context.Request.Query["streams"].ToString().Split(','));
        var run = RunAsync(context.Request.Path.Value!.TrimStart('/'), streams, transport);
        await Task.WhenAny(context.Request.Path == "/stuck" ? connection.Completion : run, connection.Completion);
        clientGone?.TrySetResult();
    }

    private static async Task<ConcurrentDictionary<string, SpdyStream>> AcceptAsync(SpdyConnection connection, string[] types)
    {
        var streams = new ConcurrentDictionary<string, SpdyStream>();
        await foreach (var stream in connection.Incoming.ReadAllAsync())
        {
            streams[stream.Headers["streamtype"]] = stream;
            await stream.ReplyAsync();
            if (streams.Count == types.Length)
            {
                break;
            }
        }

        Assert.Equal(types.Order(), streams.Keys.Order());
        return streams;
    }

    private static async Task RunAsync(string command, ConcurrentDictionary<string, SpdyStream> streams, Stream transport)
    {
        var status = Success;
        switch (command)
        {
            case "cat":
                await CopyAsync(streams["stdin"].Input, streams["stdout"]);
                break;
            case "fail":
                await streams["stderr"].SendAsync("no such file\n"u8.ToArray());
                status = ExitCode3;
                break;
            case "sizes":
                await CopyAsync(streams["resize"].Input, streams["stdout"], until: "\"Height\":50}");
                break;
            case "stuck":
                await streams["stdin"].Input.ReadAsync();
                await streams["stdout"].SendAsync(new byte[100_000]);
                break;
            case "vanish":
                await transport.DisposeAsync();
                return;
            default:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
        }

        foreach (var type in new[] { "stdout", "stderr" })
        {
            if (streams.TryGetValue(type, out var output) && command != "stuck")
            {
                await output.FinishAsync();
            }
        }

        await streams["error"].SendAsync(Encoding.UTF8.GetBytes(status));
        if (command != "stuck")
        {
            await streams["error"].FinishAsync();
        }
    }

    private static async Task CopyAsync(PipeReader input, SpdyStream output, string? until = null)
    {
        var seen = new StringBuilder();
        while (await input.ReadAsync() is { Buffer.IsEmpty: false } result)
        {
            var data = result.Buffer.ToArray();
            input.AdvanceTo(result.Buffer.End);
            await output.SendAsync(data);
            if (until is not null && seen.Append(Encoding.UTF8.GetString(data)).ToString().Contains(until, StringComparison.Ordinal))
            {
                return;
            }
        }
    }
}
